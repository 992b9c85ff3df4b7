"""The pages of the desk: plain HTML forms that work without scripts, small ES modules on top."""
