"""Measurements that anybody can repeat: `./run bench ocr|classify|link|service`."""
