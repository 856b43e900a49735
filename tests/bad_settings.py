"""Settings that make no sense: what is written, and the words that have to stand in the answer."""

from __future__ import annotations

BAD_SETTINGS = {
    "LSQ_RATE": ("25/0", "Write calls/seconds, each above 0 and at most 9999, such as 25/5."),
    "LSQ_BATCH": ("5000", "Write a number from 1 to 1000."),
    "LSQ_SHARED": (
        "http://:marker@h/0",
        (
            "Write redis://HOST:6379/0, rediss://HOST:6379/0 (TLS) or unix:///PATH/redis.sock, "
            "with no option but ?db=0."
        ),
    ),
    "LSQ_CACHE": (
        "/no/such/dir/x.db",
        "Name a new file in a folder of yours, or write memory or off.",
    ),
    "LSQ_CACHE_TTL": ("-1", "Write a number of seconds above 0, at most 31536000 (a year)."),
    "LSQ_DEADLINE": ("never", "Write a number of seconds above 0, at most 31536000 (a year)."),
}
