import time
from django.utils import timezone
from tests.journeys import world
def test_world(site):
    t=time.process_time(); w=time.time()
    world.build(timezone.now())
    print("WORLD cpu",time.process_time()-t, time.time()-w)
