from django.test.utils import CaptureQueriesContext
from django.db import connection
def test_course(certificate, ada, sign_in, foundations):
    c = sign_in(ada); c.get("/aldermoor/foundations/")
    with CaptureQueriesContext(connection) as q: r = c.get("/aldermoor/foundations/")
    print("COURSE", r.status_code, len(q))
    for x in q.captured_queries: print("   ", x["sql"][:160])
