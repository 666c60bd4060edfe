package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                                | https://server.example | DIRECT",
        "HTTPS_PROXY=http://a:3128                       | https://server.example | HTTP a:3128",
        "HTTPS_PROXY=http://a:3128                       | http://server.example  | DIRECT",
        "HTTP_PROXY=http://a:3128                        | http://server.example  | HTTP a:3128",
        "HTTP_PROXY=http://a:3128                        | https://server.example | DIRECT",
        "ALL_PROXY=http://a:3128                         | https://server.example | HTTP a:3128",
        "ALL_PROXY=http://a:3128                         | http://server.example  | HTTP a:3128",
        "ALL_PROXY=http://a:1 HTTPS_PROXY=http://b:2     | https://server.example | HTTP b:2",
        "HTTPS_PROXY=http://a:1 https_proxy=http://b:2   | https://server.example | HTTP b:2",
        "HTTPS_PROXY=http://a:1 https_proxy=             | https://server.example | DIRECT",
        "HTTPS_PROXY=http://a:1 https_proxy= all_proxy=c | https://server.example | HTTP c:80",
        "HTTPS_PROXY=a:3128                              | https://server.example | HTTP a:3128",
        "HTTPS_PROXY=a                                   | https://server.example | HTTP a:80",
        "HTTPS_PROXY=HTTP://me:pass@a:3128/              | https://server.example | HTTP a:3128",
        "HTTPS_PROXY=[::1]:3128                          | https://server.example | HTTP ::1:3128",
        "HTTPS_PROXY=socks5://a                          | https://server.example | SOCKS a:1080",
        "ALL_PROXY=socks5h://a:9050                      | http://server.example  | SOCKS a:9050",
        "ALL_PROXY=socks://[::1]                         | http://server.example  | SOCKS ::1:1080",
        // What a proxy elsewhere calls localhost is not what we do.
        "ALL_PROXY=http://a:3128                         | http://localhost:8000  | DIRECT",
        "ALL_PROXY=http://a:3128                         | http://127.0.0.1:8000  | DIRECT",
        "ALL_PROXY=http://a:3128                         | http://[::1]:8000      | DIRECT",
        "ALL_PROXY=http://127.0.0.1:3128                 | http://localhost:8000  | HTTP 127.0.0.1:3128",
        "ALL_PROXY=localhost:3128                        | http://127.0.0.1:8000  | HTTP localhost:3128",
        "ALL_PROXY=localhost:3128 NO_PROXY=127.0.0.1     | http://127.0.0.1:8000  | DIRECT",
      })
  void theVariableForTheUrlNamesTheProxy(@Nullable String variables, String url, String proxy) {
    assertThat(chosen(variables == null ? "" : variables, url)).isEqualTo(proxy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server.example                 | https://server.example      | true",
        "SERVER.example                 | https://server.example      | true",
        "other.example, server.example  | https://server.example      | true",
        "other.example  server.example  | https://server.example      | true",
        "example                        | https://server.example      | true",
        ".example                       | https://server.example      | true",
        "*.example                      | https://server.example      | true",
        "*                              | https://server.example      | true",
        "server.example:443             | https://server.example      | true",
        "server.example:443             | https://server.example:8443 | false",
        "server.example:99999999999     | https://server.example      | false",
        "rver.example                   | https://server.example      | false",
        "server                         | https://server.example      | false",
        ",, .                           | https://server.example      | false",
        "10.0.0.1                       | https://10.0.0.1            | true",
        "10.0.0.1                       | https://10.0.0.10           | false",
        "0.0.1                          | https://10.0.0.1            | false",
        "10.0.0.0/8                     | https://10.1.2.3            | true",
        "10.0.0.0/8                     | https://11.1.2.3            | false",
        "192.168.16.0/20                | https://192.168.31.255      | true",
        "192.168.16.0/20                | https://192.168.32.0        | false",
        "0.0.0.0/0                      | https://192.168.32.0        | true",
        "10.0.0.0/99                    | https://10.0.0.1            | false",
        "10.0.0.0/x                     | https://10.0.0.0            | false",
        "10.0.0.0/8                     | https://server.example      | false",
        "fd00::/8                       | https://[fd12::1]           | true",
        "fd00::/8                       | https://[fe80::1]           | false",
        "fd12:0:0::1                    | https://[fd12::1]           | true",
        "[fd12::1]                      | https://[fd12::1]           | true",
        "[fd12::1]:443                  | https://[fd12::1]           | true",
        "[fd12::1]:443                  | https://[fd12::1]:8443      | false",
      })
  void theExceptionsNeedNone(String exceptions, String url, boolean direct) {
    Proxies proxies = new Proxies(Map.of("HTTPS_PROXY", "http://a:3128", "NO_PROXY", exceptions));
    assertThat(proxies.select(URI.create(url)).contains(Proxy.NO_PROXY)).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a:443",
        "ftp://a",
        "http://",
        "http://a:port",
        "http://me:hush@",
        "socks5://me:hush@a",
        "http://a b",
        "://a"
      })
  void whatNamesNoProxyIsRefusedByTheNameOfTheVariable(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Proxies(Map.of("https_proxy", value)))
        .withMessageContaining("The variable HTTPS_PROXY does not name a proxy")
        .withMessageContaining("http://USER:PASSWORD@proxy.example:3128")
        .satisfies(error -> assertThat(error.getMessage()).doesNotContain("hush"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Proxies(Map.of("ALL_PROXY", value)))
        .withMessageContaining("The variable ALL_PROXY");
  }

  private static String chosen(String variables, String url) {
    Map<String, String> environment = Arrays.stream(variables.split(" "))
        .filter(variable -> !variable.isEmpty())
        .map(variable -> variable.split("=", 2))
        .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
    Proxies proxies = new Proxies(environment);
    Proxy proxy = proxies.select(URI.create(url)).get(0);
    return proxy.address() instanceof InetSocketAddress address
        ? proxy.type() + " " + address.getHostString() + ":" + address.getPort()
        : proxy.type().toString();
  }
}
