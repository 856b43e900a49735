"""LeadSquared over HTTP: "Get Leads in Bulk by Ids", complete and inside the account's rate limit.

    client.py       LeadSquared.leads_by_id: what people call
    run.py          one fetch: worker threads, progress, stop
    batches.py      its books: which ids are in which call, what is asked again
    calls.py        one call, from the limiter's turn to the page, as often as a replay can help
    retry.py        what is tried again, and when
    rate_limit.py   the promise that no call of ours is refused; rate_limit_window.py keeps it
    transport.py    one HTTP attempt; the only module that knows requests
    wire.py         builds requests and reads replies; reply_json.py, refusals.py are its parts
    cache/          leads that are still fresh, one entry a lead, per account
    account.py      host and keys      redaction.py  keys out of text, by value
    clock.py        time, injected
    lead_id.py  models.py  errors.py   what everybody shares

No pandas and no Streamlit in here.
"""
