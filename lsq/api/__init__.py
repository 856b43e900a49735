"""LeadSquared over HTTP: "Get Leads in Bulk by Ids", complete and inside the account's rate limit.

    client.py       LeadSquared.leads_by_id: what people call
    run.py          one fetch: progress, stop, result; workers.py has its threads
    batches.py      its books: which ids are in which call, what is asked again
    dissection.py   which id spoils a call
    calls.py        one call, from the limiter's turn to the page, as often as a replay can help
    retry.py        what is tried again, and when
    rate_limit/     the promise that no call of ours is refused: in one process, or for several
    transport.py    one HTTP attempt; the only module that knows requests. deadline.py ends it in
                    time, unanswered.py says in plain words why it brought nothing
    wire.py         the request and the reply; page.py reads the leads out of it, reply_json.py and
                    refusals.py are its parts
    cache/          leads that are still fresh, one entry a lead and column set, per account
    account.py      host and keys      redaction.py  keys out of text, by value
    shared.py       the Redis of several processes        clock.py  time, injected
    lead_id.py  models.py  lead_table.py  text_column.py  errors.py   what everybody shares

No pandas and no Streamlit in here.
"""
