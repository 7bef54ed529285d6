"""The library's tables. Times are Unix seconds, lengths seconds, money exact dollars."""
