"""Leadsheet: a spreadsheet of LeadSquared lead ids in, every lead out."""
