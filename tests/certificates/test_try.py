def test_it(certificate, rosa, at):
    from certificates.actions import certificates as c
    print(certificate.facts, certificate.files.get().path, certificate.standing(at.date()))
    c.suspend(certificate, by=rosa, at=at, reason="x")
    c.reinstate(certificate, by=rosa, at=at, reason="x")
    c.revoke(certificate, by=rosa, at=at, reason="x")
    print(certificate.standing(at.date()))

def test_cand(candidacy, rosa, asif, at, django_assert_num_queries):
    from certificates.actions import decisions
    from certificates.models.evidence import current_versions, evidence_of, teachers_of
    with django_assert_num_queries(3):
        v = current_versions(scheme=candidacy.scheme)[0]
        print(evidence_of(candidacy.learner, v))
    d = decisions.defer(candidacy, reason="later", by=rosa, at=at)
    from lms.jobs.models import Mail
    for m in Mail.objects.all(): print(m.subject, m.body)
