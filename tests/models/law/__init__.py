"""Tests of models.law."""
