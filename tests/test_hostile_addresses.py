"""Addresses that want to reach this house by every spelling that is known; a canary on loopback counts who came."""

import io
import socket

import pytest
import stamina
from PIL import Image

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.food_vision.backends.hugging_face import Backend as HuggingFace
from onharu.upstream.http import Http, Limits
from onharu.upstream.maps.backends.kakao import Backend as Maps
from onharu.upstream.medicine_facts.backends.data_go_kr import Backend as Medicines
from onharu.upstream.pharmacy_directory.backends.data_go_kr import Backend as Pharmacies
from onharu.upstream.plain_words.backends.openai_compatible import Backend as Words
from onharu.upstream.plain_words.tests.labels import COLD
from onharu.upstream.sign_in.backends.kakao import Kakao
from onharu.upstream.sign_in.backends.naver import Naver
from onharu.upstream.sign_in.port import Returning
from onharu.upstream.tests.resolving import PUBLIC, Canary, Rebinding, resolve
from onharu.upstream.tests.test_addresses import hits
from onharu.upstream.web_push.addresses import endpoint_fault
from onharu.upstream.web_push.backends.embedded import Backend as Push
from onharu.upstream.web_push.port import Message, Subscription
from tests.push_endpoint import BrowserKeys
from tests.test_leaving import capabilities, may_leave

# Who is reached by the host, whatever the port: {p} is the canary's.
HOSTS = [
    # loopback, as people and as machines write it
    "127.0.0.1", "127.1", "127.0.1", "127.127.127.127", "2130706433", "017700000001", "0177.0.0.1", "0177.0.0.01",
    "0x7f000001", "0x7f.0x0.0x0.0x1", "0x7f.1", "0X7F.0.0.1", "127.0.0.1.", "0", "0.0.0.0", "00000000177.1",
    # IPv6, alone and around IPv4
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]",
    "[::127.0.0.1]", "[::7f00:1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[64:ff9b::127.0.0.1]",
    "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::7f00:1]", "[2001:0:53aa:64c:0:fbff:80ff:fffe]", "[2606:4700::5efe:7f00:1]",
    "[fe80::1]", "[fe80::1%25lo]", "[fe80::1%lo]", "[::1%25lo]", "[fec0::1]", "[fd00::1]", "[ff02::1]", "[100::1]",
    "[2001:db8::1]", "[3fff::1]", "[5f00::1]",
    # where clouds keep keys
    "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "[::ffff:169.254.169.254]",
    "169.254.170.2", "[fd00:ec2::254]", "[fd20:ce::254]", "100.100.100.200", "168.63.129.16", "192.0.0.192",
    "metadata.google.internal",
    # private, shared, of documents and of nobody
    "10.0.0.1", "167772161", "172.16.0.1", "172.31.255.255", "192.168.1.1", "3232235777", "100.64.0.1",
    "100.127.255.255", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.88.99.1", "192.0.0.8",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    # names
    "localhost", "LOCALHOST", "localhost.", "a.localhost", "localhost.localdomain", "ip6-localhost",
    "127.0.0.1.nip.example", "loopback6.example", "mapped.example", "zoned.example", "router.example",
    "carrier.example", "two-faced.example", "two-faced-6.example", "first-private.example", "카나리아다.example",
    # dots, digits and letters of other scripts that become ours
    "127。0。0。1", "127．0．0．1", "127｡0｡0｡1", "①②⑦.⓪.⓪.①", "１２７.０.０.１", "ｌｏｃａｌｈｏｓｔ", "ⓛocalhost",
    # letters that are written as numbers
    "127%2e0%2e0%2e1", "%31%32%37.0.0.1", "127.0.0.1%00.public.example", "127.0.0.1%2f.public.example",
]  # fmt: skip
# Whole addresses: userinfo, ports, schemes, breaks and lengths.
URLS = [
    "http://public.example@127.0.0.1:{p}/", "http://public.example:80@127.0.0.1:{p}/", "http://a:b@[::1]:{p}/",
    "http://127.0.0.1:{p}#public.example", "http://127.0.0.1:{p}?public.example",
    "http://public.example\\@127.0.0.1:{p}/", "http:\\\\127.0.0.1:{p}\\",
    "http:/127.0.0.1:{p}/", "http:127.0.0.1:{p}/", "http:///127.0.0.1:{p}/", "//127.0.0.1:{p}/", "127.0.0.1:{p}",
    " http://127.0.0.1:{p}/", "\thttp://127.0.0.1:{p}/", "ht\ntp://127.0.0.1:{p}/", "HTTP://127.0.0.1:{p}/",
    "http://127.0.0.1:0{p}/", "http://127.0.0.1:{p}:80/", "http://127.0.0.1:-1/", "http://127.0.0.1:99999/",
    "http://[::1]:{p}:80/", "http://[::1/", "http://::1:{p}/", "http://[::ffff:127.0.0.1%eth0]:{p}/",
    "file:///etc/passwd", "file://127.0.0.1/etc/passwd", "gopher://127.0.0.1:{p}/_GET%20/", "ftp://127.0.0.1:{p}/",
    "dict://127.0.0.1:{p}/", "ldap://127.0.0.1:{p}/", "unix:///var/run/docker.sock", "http+unix://%2fvar%2frun/",
    "data:text/html,canary", "jar:http://127.0.0.1:{p}/!/", "javascript:alert(1)", "ws://127.0.0.1:{p}/",
    "http://127.0.0.1:{p}/\r\nHost: public.example", "http://127.0.0.1\r\n:{p}/", "http://127.0.0.1\x00:{p}/",
    "http://127.0.0.1\t:{p}/", "http://" + "a" * 70_000 + ".example:{p}/", "http://127.0.0.1:{p}/" + "a" * 70_000,
    "http://" + "a." * 200 + "example:{p}/", "http://" + "0" * 300 + "177.0.0.1:{p}/", "http://:{p}/", "http://@:{p}/", "",
]  # fmt: skip
# Nothing here waits for anybody, so the time is for busy machines alone.
ENOUGH = Limits(deadline=20.0, connect=5.0, max_bytes=1000, attempts=1)
QUICK = Limits(deadline=0.6, connect=0.5, max_bytes=1000, attempts=1)
NOWHERE = {"address_refused", "no_connection", "bad_address"}
EVERYWHERE = [f"http://{host}:{{p}}/" for host in HOSTS] + URLS


@pytest.fixture
def canary(monkeypatch):
    found = Canary()
    monkeypatch.setattr(socket, "create_connection", found.refuse)
    yield found
    found.listener.close()


def asked(url, **options):
    http = Http("stub", limits=ENOUGH, **{"resolve": resolve, **options})
    with pytest.raises((Refused, Unavailable)) as fault:
        http.request("GET", url)
    http.close()
    return fault.value.reason


def test_the_corpus_is_large_and_says_nothing_twice():
    assert len(EVERYWHERE) == len(set(EVERYWHERE)) >= 130


@pytest.mark.parametrize("url", EVERYWHERE, ids=lambda url: ascii(url)[:60])
def test_no_spelling_of_this_house_is_reached(canary, url):
    assert asked(url.replace("{p}", str(canary.port))) in NOWHERE
    assert canary.begun == []
    assert canary.connections() == 0


def test_the_canary_hears_whoever_comes(canary):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", canary.port))
    with socket.socket() as visitor:
        visitor.connect(("127.0.0.1", canary.port))
        assert canary.connections() == 1
    assert canary.begun == ["127.0.0.1"]


def test_a_public_address_is_gone_to_and_to_no_other(canary):
    assert asked("http://public.example/") == "no_connection"
    assert canary.begun == [PUBLIC]


@pytest.mark.parametrize("url", ["http://public.example#@127.0.0.1:{p}/", "http://127.0.0.1:{p}\\@public.example/"])
def test_an_address_that_readers_disagree_on_is_judged_as_it_is_used(canary, url):
    asked(url.replace("{p}", str(canary.port)))
    assert (canary.begun, canary.connections()) == ([PUBLIC], 0)


@pytest.mark.parametrize("private", ["127.0.0.1", "::1", "169.254.169.254", "10.0.0.1", "100.64.0.1"])
def test_a_name_is_resolved_once_and_the_answer_is_kept_to(canary, private):
    names = Rebinding([PUBLIC], [private])
    assert asked(f"http://public.example:{canary.port}/", resolve=names) == "no_connection"
    assert (names.asked, canary.begun) == (["public.example"], [PUBLIC])


@pytest.mark.parametrize("private", ["127.0.0.1", "::1", "169.254.169.254"])
def test_a_name_that_turns_private_before_another_try_is_refused_then(canary, private):
    names = Rebinding([PUBLIC], [PUBLIC, private])
    patient = Limits(deadline=5.0, connect=1.0, attempts=3)
    http = Http("stub", limits=patient, resolve=names)
    with stamina.set_testing(testing=True, attempts=3, cap=True), pytest.raises(Refused, match="address_refused"):
        http.request("GET", "http://public.example/")
    assert (len(names.asked), canary.begun, canary.connections()) == (2, [PUBLIC], 0)


TARGETS = ["http://127.0.0.1:{p}/", "//127.0.0.1:{p}/", "/canary", "http://169.254.169.254/latest/meta-data/",
           "file:///etc/passwd", "gopher://127.0.0.1:{p}/", "https://public.example/"]  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("status", [300, 301, 302, 303, 305, 307, 308])
def test_no_hop_is_followed_wherever_it_leads(httpserver, status, target):
    location = target.format(p=httpserver.port)
    httpserver.expect_request("/a").respond_with_data("x", status=status, headers={"Location": location})
    http = Http("stub", homes=[httpserver.url_for("/")], limits=ENOUGH)
    with pytest.raises(Refused, match="redirect"):
        http.request("GET", httpserver.url_for("/a"))
    assert hits(httpserver) == 1


@pytest.mark.parametrize("name", ["Refresh", "Link", "Content-Location", "Alt-Svc"])
def test_no_other_header_leads_anywhere(httpserver, name):
    headers = {name: f"0; url={httpserver.url_for('/canary')}"}
    httpserver.expect_request("/a").respond_with_data("ok", headers=headers)
    http = Http("stub", homes=[httpserver.url_for("/")], limits=ENOUGH)
    assert http.request("GET", httpserver.url_for("/a")).body == b"ok"
    assert hits(httpserver) == 1


# --- every capability that speaks to somebody outside -------------------------------------------------------


def photo():
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    return out.getvalue()


def returning():
    return Returning("code", "state", "nonce", "v" * 43, "https://onharu.example/back")


def ring(tmp_path):
    keys = BrowserKeys().said
    one = Subscription("https://push.example/1", keys["p256dh"], keys["auth"])
    return Push(folder=tmp_path).send(one, Message(b"{}", 60, "t"))


OUT = {
    "food_vision": lambda _: HuggingFace(token="t").look(photo()),
    "maps": lambda _: Maps(rest_key="k").pharmacies_near(37.5, 127.0, radius=500),
    "medicine_facts": lambda _: Medicines(key="k").products_named("타이레놀"),
    "pharmacy_directory": lambda _: list(Pharmacies(key="k").pages("directory")),
    "plain_words": lambda _: Words("https://llm.example/v1", "m").explain(COLD, "두통", ()),
    "sign_in": lambda _: Kakao("id").identity_of(returning()),
    "sign_in of naver": lambda _: Naver("id", "secret").identity_of(returning()),
    "web_push": ring,
}


def test_every_capability_that_may_leave_is_tried_here():
    assert {name.split()[0] for name in OUT} == {name for name in capabilities() if may_leave(name)}


@pytest.fixture
def names_lead_to(monkeypatch):
    """Let every name in the world have one address."""

    def lead(address):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        answer = [(family, socket.SOCK_STREAM, 6, "", (address, 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)

    return lead


@pytest.mark.parametrize("address", ["169.254.169.254", "168.63.129.16", "fd00:ec2::254", "::ffff:169.254.169.254"])
@pytest.mark.parametrize("name", OUT)
def test_nobody_whoever_configured_it_is_led_to_the_keys_of_a_cloud(canary, names_lead_to, tmp_path, name, address):
    names_lead_to(address)
    with pytest.raises((Refused, Unavailable), match="address_refused"):
        OUT[name](tmp_path)
    assert canary.begun == []


@pytest.mark.parametrize("name", [name for name in OUT if name != "plain_words"])
def test_a_companys_own_name_never_leads_into_this_house(canary, names_lead_to, tmp_path, name):
    """Only what the operator wrote down may lie in the house; a name that ships with the product may not."""
    names_lead_to("127.0.0.1")
    with pytest.raises((Refused, Unavailable), match="address_refused"):
        OUT[name](tmp_path)
    assert canary.begun == []


def test_a_name_server_that_never_answers_holds_up_nobody_else(httpserver, monkeypatch):
    """Browsers are named by people: four names that hang must not hold the sign-in or the register."""
    import threading

    let_go = threading.Event()

    def hanging(host, port):
        let_go.wait(60)
        return [PUBLIC]

    httpserver.expect_request("/").respond_with_data("ok")
    hung = [Http("of_strangers", limits=QUICK, resolve=hanging) for _ in range(6)]
    threads = [threading.Thread(target=lambda one=one: _late(one)) for one in hung]
    for one in threads:
        one.start()
    try:
        http = Http("of_the_operator", homes=[httpserver.url_for("/")], limits=ENOUGH)
        assert http.request("GET", httpserver.url_for("/")).body == b"ok"
    finally:
        let_go.set()
        for one in threads:
            one.join()


def _late(http):
    with pytest.raises((Refused, Unavailable)):
        http.request("GET", "http://slow.example/")


# --- browsers: addresses that people give -------------------------------------------------------------------

GIVEN = [
    *(f"https://{host}/push" for host in HOSTS if not host.endswith(".example")),
    "http://push.example/1", "https://push.example:8443/1", "https://push.example:22/1", "https://u@push.example/1",
    "https://u:p@push.example/1", "https://push.example/1#x", "https://127.0.0.1\\.push.example/", "https://push.example\\@127.0.0.1/",
    "https://push..example/1", "https://push.example./1", "https://-push.example/1", "https://printer.local/1",
    "https://nas.lan/1", "https://db.internal/1", "https://1.0.0.127.in-addr.arpa/1", "https://push.0x7f/1", "https://push.127/1",
    "https://push.example/\r\nX: y", "https://push.example/ 1", "https://푸시.example/1", "https:push.example/1", "https:///push",
    "https://" + "a" * 64 + ".example/1", "ftp://push.example/1", "javascript:alert(1)", "https://[push.example]/1",
]  # fmt: skip


def test_enough_addresses_are_given():
    assert len(set(GIVEN)) >= 100


@pytest.mark.parametrize("endpoint", GIVEN, ids=lambda url: ascii(url)[:60])
def test_an_address_that_leads_into_a_house_is_no_browsers(canary, tmp_path, endpoint):
    """Neither taken nor, were it in the table from before, rung at."""
    assert endpoint_fault(endpoint) != ""
    keys = BrowserKeys().said
    with pytest.raises(Refused):
        Push(folder=tmp_path, resolve=resolve).send(
            Subscription(endpoint, keys["p256dh"], keys["auth"]), Message(b"{}", 60, "t")
        )
    assert canary.begun == []


@pytest.mark.parametrize(
    "endpoint",
    ["https://fcm.googleapis.com/fcm/send/a:b-c_d", "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
     "https://web.push.apple.com/QLaz", "https://wns2-pn1p.notify.windows.com/w/?token=BQ%3d", "https://push.example:443/1"],
)  # fmt: skip
def test_the_makers_of_browsers_are_known_as_such(endpoint):
    assert endpoint_fault(endpoint) == ""


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1.nip.example", "loopback6.example", "mapped.example", "zoned.example", "router.example",
     "carrier.example", "two-faced.example", "two-faced-6.example", "first-private.example"],
)  # fmt: skip
def test_a_good_name_with_a_private_address_is_not_rung_at(canary, tmp_path, host):
    keys = BrowserKeys().said
    with pytest.raises(Refused, match="address_refused"):
        Push(folder=tmp_path, resolve=resolve).send(
            Subscription(f"https://{host}/1", keys["p256dh"], keys["auth"]), Message(b"{}", 60, "t")
        )
    assert canary.begun == []
