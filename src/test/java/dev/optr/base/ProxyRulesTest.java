package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyRulesTest {
  private static final String HTTP = "http://example.org/";
  private static final String HTTPS = "https://example.org/";

  @Test
  void choosesByTheSchemeOfTheUrl() {
    Map<String, String> environment = Map.of("HTTP_PROXY", "one:1", "HTTPS_PROXY", "two:2");

    assertThat(proxy(environment, HTTP)).isEqualTo("one:1");
    assertThat(proxy(environment, HTTPS)).isEqualTo("two:2");
    assertThat(proxy(environment, "ftp://example.org/")).isEqualTo("none");
    assertThat(proxy(environment, "mailto:ada@example.org")).isEqualTo("none");
    assertThat(proxy(Map.of("HTTP_PROXY", "one:1"), HTTPS)).isEqualTo("none");
  }

  @Test
  void fallsBackToAllProxyAndPrefersLowerCase() {
    assertThat(proxy(Map.of("ALL_PROXY", "all:1", "HTTP_PROXY", "one:1"), HTTP)).isEqualTo("one:1");
    assertThat(proxy(Map.of("ALL_PROXY", "all:1", "HTTP_PROXY", " "), HTTP)).isEqualTo("all:1");
    assertThat(proxy(Map.of("all_proxy", "all:1"), HTTPS)).isEqualTo("all:1");
    assertThat(proxy(Map.of("https_proxy", "low:1", "HTTPS_PROXY", "up:1"), HTTPS))
        .isEqualTo("low:1");
    assertThat(proxy(Map.of("https_proxy", "", "HTTPS_PROXY", "up:1"), HTTPS)).isEqualTo("up:1");
  }

  @Test
  void readsAllProxyOnlyWhereItIsNeeded() {
    Map<String, String> environment =
        Map.of("http_proxy", "one:1", "https_proxy", "two:2", "all_proxy", "socks5://three:3");

    assertThat(proxy(environment, HTTPS)).isEqualTo("two:2");
  }

  @Test
  void ignoresWhatAClientOfACgiProgramCanSet() {
    Map<String, String> cgi =
        new HashMap<>(Map.of("REQUEST_METHOD", "GET", "HTTP_PROXY", "evil:1"));
    assertThat(proxy(cgi, HTTP)).isEqualTo("none");
    cgi.put("http_proxy", "good:1");
    assertThat(proxy(cgi, HTTP)).isEqualTo("good:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "localhost.",
        "db.localhost",
        "127.0.0.1",
        "127.8.9.10",
        "[::1]"
      })
  void neverLeadsToThisMachineThroughAProxy(String host) {
    assertThat(proxy(Map.of("ALL_PROXY", "p:1"), "http://" + host + ":8080/")).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://proxy.example:3128 | proxy.example:3128",
        "HTTP://Proxy.Example:3128/ | proxy.example:3128",
        "proxy.example:3128 | proxy.example:3128",
        "proxy_1.example | proxy_1.example:80",
        "10.1.2.3:8080 | 10.1.2.3:8080",
        "http://[fe80::1]:3128 | [fe80::1]:3128",
        "http://ada:secret@proxy.example:1 | proxy.example:1",
        "ada@proxy.example:1 | proxy.example:1",
        "http://@proxy.example:1 | proxy.example:1",
      })
  void understandsHowProxiesAreWritten(String value, String where) {
    assertThat(proxy(Map.of("HTTPS_PROXY", value), HTTPS)).isEqualTo(where);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://ada:s3cr3t@proxy:1080",
        "socks://ada:s3cr3t@proxy",
        "https://ada:s3cr3t@proxy:443",
        "ftp://ada:s3cr3t@proxy",
        "://ada:s3cr3t@proxy",
        "http://ada:s3cr3t@",
        "http://ada:s3cr3t@proxy:0",
        "http://ada:s3cr3t@proxy:65536",
        "http://ada:s3cr3t@proxy:port",
        "http://ada:s3cr3t@proxy:80/path",
        "http://ada:s3cr3t@proxy:80?query",
        "http://ada:s3cr3t@pro xy:80",
        "http://ada:s3cr3t@::1:80",
        "http://ada:s3cr3t@[::1:80",
        "http://ada:s3cr3t@[nonsense]:80",
        "http://ada:s3cr3t%@proxy:80",
        "http://ada:s3cr3t%4@proxy:80",
        "http://ada:s3cr3t%zz@proxy:80",
        "http://ada:s3cr3t%ff@proxy:80",
        "http://ada:s3cr3t%0d%0aX-Evil:1@proxy:80",
        "http://ada:s3cr3t%20@proxy:80",
        "http://a%3Ada:s3cr3t@proxy:80",
        "http://ada:s3cr3t@próxy:80",
      })
  void refusesWhatIsNoProxyWithoutShowingIt(String value) {
    assertThatThrownBy(() -> ProxyRules.of(Map.of("HTTPS_PROXY", value)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("variable 'HTTPS_PROXY': ")
        .hasMessageEndingWith("user and password percent-encoded")
        .hasMessageNotContaining("s3cr3t");
    assertThat(ProxyRules.secrets(Map.of("HTTPS_PROXY", value)))
        .extracting(Secret::reveal)
        .anyMatch(secret -> secret.startsWith("s3cr3t"));
  }

  @Test
  void refusesSocksByName() {
    assertThatThrownBy(() -> ProxyRules.of(Map.of("all_proxy", "socks5h://proxy:1080")))
        .hasMessageContaining("variable 'all_proxy': SOCKS proxies are not supported");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* | https://example.org/ | none",
        "other.org | https://example.org/ | p:1",
        "example.org | https://example.org/ | none",
        "EXAMPLE.org. | https://Example.ORG/ | none",
        "example.org | https://example.org./ | none",
        "example.org | https://api.example.org/ | none",
        "example.org | https://notexample.org/ | p:1",
        ".example.org | https://api.example.org/ | none",
        ".example.org | https://example.org/ | p:1",
        "*.example.org | https://api.example.org/ | none",
        "*.example.org | https://example.org/ | p:1",
        "a.org, ,b.org  example.org | https://example.org/ | none",
        "example.org:443 | https://example.org/ | none",
        "example.org:8443 | https://example.org/ | p:1",
        "example.org:8443 | https://example.org:8443/ | none",
        ".example.org:80 | http://api.example.org/ | none",
        "10.1.2.3 | https://10.1.2.3/ | none",
        "10.1.2.3:443 | https://10.1.2.3/ | none",
        "10.1.2.3:80 | https://10.1.2.3/ | p:1",
        "10.1.2.3 | https://10.1.2.30/ | p:1",
        "2001:db8::1 | https://[2001:DB8:0::1]/ | none",
        "[2001:db8::1] | https://[2001:db8::1]/ | none",
        "[2001:db8::1]:443 | https://[2001:db8::1]/ | none",
        "[2001:db8::1]:80 | https://[2001:db8::1]/ | p:1",
        "10.0.0.0/8 | https://10.200.1.1/ | none",
        "10.0.0.0/8 | https://11.0.0.1/ | p:1",
        "10.0.0.0/8 | https://[::ffff:10.9.9.9]/ | none",
        "192.168.4.0/23 | https://192.168.5.255/ | none",
        "192.168.4.0/23 | https://192.168.6.0/ | p:1",
        "0.0.0.0/0 | https://1.2.3.4/ | none",
        "0.0.0.0/0 | https://[2001:db8::1]/ | p:1",
        "2001:db8::/32 | https://[2001:db8:ffff::9]/ | none",
        "2001:db8::/32 | https://[2001:db9::1]/ | p:1",
        "10.0.0.0/8 | https://ten.example.org/ | p:1",
      })
  void leavesOutWhatNoProxyNames(String exceptions, String url, String where) {
    assertThat(
            proxy(Map.of("HTTPS_PROXY", "p:1", "HTTP_PROXY", "p:1", "NO_PROXY", exceptions), url))
        .isEqualTo(where);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "2001:db8::/129", "example.org/8", "10.*",
        "http://example.org", "example.org:0", "example.org:x", "a..@b", "<local>", "*."
      })
  void refusesAnExceptionThatCannotBeMeant(String entry) {
    Map<String, String> environment = Map.of("HTTPS_PROXY", "p:1", "no_proxy", "a.org," + entry);

    assertThatThrownBy(() -> ProxyRules.of(environment))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("variable 'no_proxy': '%s' is not understood; ", entry);
    assertThat(ProxyRules.of(Map.of("no_proxy", entry)).proxyFor(URI.create(HTTP))).isEmpty();
  }

  @Test
  void findsTheCredentialsOfEveryVariable() {
    List<String> secrets =
        ProxyRules.secrets(
                Map.of(
                    "HTTP_PROXY", "http://ada:p%40ss%20word@proxy:1",
                    "all_proxy", "socks5://ghp_tokenAsUser@proxy:1",
                    "https_proxy", "http://proxy:1",
                    "NO_PROXY", "x:y@z"))
            .stream()
            .map(Secret::reveal)
            .toList();

    assertThat(secrets)
        .contains("p%40ss%20word", "p@ss word", "ada:p@ss word", "ghp_tokenAsUser")
        .doesNotContain("y", "proxy:1");
  }

  @Test
  void handsTheSelectorAnAddressThatIsLookedUpLater() {
    ProxyRules rules = ProxyRules.of(Map.of("HTTPS_PROXY", "proxy.invalid:3128"));

    assertThat(rules.selector().select(URI.create(HTTPS)))
        .containsExactly(
            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.invalid", 3128)));
    assertThat(rules.selector().select(URI.create(HTTP))).containsExactly(Proxy.NO_PROXY);
  }

  @Property(tries = 300)
  void carriesEveryPrintableLogin(
      @ForAll @StringLength(min = 1, max = 12) @CharRange(from = '!', to = '9') String user,
      @ForAll @StringLength(min = 1, max = 12) @CharRange(from = '!', to = 'ÿ') String password) {
    String name = user.replace(':', ';');
    String word = password.replaceAll("\\p{IsControl}|\\s", "x");
    String value = "http://" + encoded(name) + ":" + encoded(word) + "@proxy:3128";

    ProxyServer server = ProxyServer.parse("HTTPS_PROXY", value);

    String expected = Base64.getEncoder().encodeToString((name + ":" + word).getBytes(UTF_8));
    assertThat(server.authorization()).isEqualTo(Optional.of("Basic " + expected));
    assertThat(server.passwordAuthentication().orElseThrow().getPassword())
        .isEqualTo(word.toCharArray());
    assertThat(server.toString()).doesNotContain(expected).contains("Secret[***]");
  }

  @Property(tries = 500)
  void understandsOrRefusesAnyValueByAnExceptionOfItsOwn(@ForAll String value) {
    for (String variable : List.of("https_proxy", "no_proxy")) {
      Map<String, String> environment = new HashMap<>(Map.of("http_proxy", "p:1"));
      environment.put(variable, value);
      assertThat(ProxyRules.secrets(environment)).doesNotContainNull();
      try {
        assertThat(ProxyRules.of(environment)).isNotNull();
      } catch (UserException refused) {
        assertThat(refused).hasMessageStartingWith("variable '" + variable + "': ");
      }
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static String proxy(Map<String, String> environment, String url) {
    return ProxyRules.of(environment)
        .proxyFor(URI.create(url))
        .map(ProxyServer::where)
        .orElse("none");
  }
}
