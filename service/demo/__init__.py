"""The demo: forty invented letters, drawn as real offices receive them and sent in while the service runs."""
