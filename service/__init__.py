"""The office at work: receipts, petitions, people's decisions, queues; API, web pages, CLI and workers."""
