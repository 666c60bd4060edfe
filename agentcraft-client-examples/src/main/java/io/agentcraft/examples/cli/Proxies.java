package io.agentcraft.examples.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that environment variables name, as curl reads them: {@code HTTPS_PROXY} for wss and https, {@code HTTP_PROXY} for
 * ws and http, {@code ALL_PROXY} for both, and {@code NO_PROXY} for the hosts that need none. Names in lower case come first.
 */
final class Proxies extends ProxySelector {

  private static final String AUTHORIZATION = "Proxy-Authorization";
  private static final int DEFAULT_SOCKS_PORT = 1080;
  private static final Pattern SOCKS = Pattern.compile("socks(4a?|5h?)?");
  private static final Pattern HAS_PORT = Pattern.compile(".*:\\d+/?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.*\\.localhost|127\\.[0-9.]+|::1");

  private final Map<String, String> environment;
  private final Map<SocketAddress, String> credentials = new HashMap<>();
  private final Proxy forHttp;
  private final Proxy forHttps;
  private final List<String> exceptions;

  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException if one of them names no proxy, with its name
   */
  Proxies(Map<String, String> environment) {
    this.environment = environment;
    this.forHttp = proxy("HTTP_PROXY");
    this.forHttps = proxy("HTTPS_PROXY");
    this.exceptions = Stream.of(value("NO_PROXY").toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  /** Returns whether no variable names a proxy. */
  boolean isEmpty() {
    return forHttp.equals(Proxy.NO_PROXY) && forHttps.equals(Proxy.NO_PROXY);
  }

  @Override
  public List<Proxy> select(URI uri) {
    Proxy proxy = uri.getScheme().equals("https") ? forHttps : forHttp;
    String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    int port = uri.getPort() >= 0 ? uri.getPort() : HttpUrl.defaultPort(uri.getScheme());
    return List.of(isReachedDirectly(host, port, proxy) ? Proxy.NO_PROXY : proxy);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // There is no other to choose instead.
  }

  /** Returns what answers a proxy that asks for a user name and a password: once, with those in its URL. */
  Authenticator authenticator() {
    return (route, response) -> {
      String known = route == null ? null : credentials.get(route.proxy().address());
      return known == null || response.request().header(AUTHORIZATION) != null
          ? null
          : response.request().newBuilder().header(AUTHORIZATION, known).build();
    };
  }

  private boolean isReachedDirectly(String host, int port, Proxy proxy) {
    // For a proxy elsewhere, this machine's loopback addresses are its own.
    boolean isElsewhere = proxy.address() instanceof InetSocketAddress address
        && !LOOPBACK.matcher(address.getHostString()).matches();
    return (isElsewhere && LOOPBACK.matcher(host).matches())
        || exceptions.stream().anyMatch(entry -> matches(entry, host, port));
  }

  private static boolean matches(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    String name = entry;
    if (entry.matches("(\\[.*]|[^:]*):\\d{1,5}")) {
      int colon = entry.lastIndexOf(':');
      if (Integer.parseInt(entry.substring(colon + 1)) != port) {
        return false;
      }
      name = entry.substring(0, colon);
    }
    name = name.replaceAll("[\\[\\]]", "").replaceFirst("^\\*?\\.", "");
    return isAddress(host)
        ? isInBlock(name, host)
        : host.equals(name) || (!name.isEmpty() && host.endsWith("." + name));
  }

  /** Returns whether an entry is this address, or a block such as {@code 10.0.0.0/8} that holds it. */
  private static boolean isInBlock(String entry, String host) {
    String[] parts = entry.split("/", 2);
    boolean isWhole = parts.length == 1;
    if (!isAddress(parts[0]) || !(isWhole || parts[1].matches("\\d{1,3}"))) {
      return false;
    }
    try {
      byte[] block = InetAddress.getByName(parts[0]).getAddress();
      byte[] address = InetAddress.getByName(host).getAddress();
      int rest = isWhole ? 0 : block.length * Byte.SIZE - Integer.parseInt(parts[1]);
      return block.length == address.length
          && rest >= 0
          && new BigInteger(1, block)
              .shiftRight(rest)
              .equals(new BigInteger(1, address).shiftRight(rest));
    } catch (UnknownHostException none) {
      return false;
    }
  }

  /** Of these no name server is asked. */
  private static boolean isAddress(String host) {
    return host.contains(":") || host.matches("[0-9.]+");
  }

  private Proxy proxy(String variable) {
    String used = value(variable).isEmpty() ? "ALL_PROXY" : variable;
    String value = value(used);
    if (value.isEmpty()) {
      return Proxy.NO_PROXY;
    }
    String[] parts = value.contains("://") ? value.split("://", 2) : new String[] {"http", value};
    String scheme = parts[0].toLowerCase(Locale.ROOT);
    boolean isSocks = SOCKS.matcher(scheme).matches();
    HttpUrl url = isSocks || scheme.equals("http") ? HttpUrl.parse("http://" + parts[1]) : null;
    if (url == null || (isSocks && !url.username().isEmpty())) {
      // Not its value, which may hold a password.
      throw new IllegalArgumentException("The variable " + used
          + " does not name a proxy that can be used. Write it like http://proxy.example:3128,"
          + " http://USER:PASSWORD@proxy.example:3128 or socks5://proxy.example:1080.");
    }
    int port = isSocks && !HAS_PORT.matcher(parts[1]).matches() ? DEFAULT_SOCKS_PORT : url.port();
    SocketAddress address = InetSocketAddress.createUnresolved(url.host(), port);
    if (!url.username().isEmpty()) {
      credentials.put(
          address,
          okhttp3.Credentials.basic(url.username(), url.password(), StandardCharsets.UTF_8));
    }
    return new Proxy(isSocks ? Proxy.Type.SOCKS : Proxy.Type.HTTP, address);
  }

  private String value(String variable) {
    @Nullable String lower = environment.get(variable.toLowerCase(Locale.ROOT));
    String value = lower != null ? lower : environment.getOrDefault(variable, "");
    return value.strip();
  }
}
