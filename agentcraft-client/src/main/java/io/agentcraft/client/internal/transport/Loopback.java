package io.agentcraft.client.internal.transport;

import java.util.regex.Pattern;

/** Tells which hosts are this machine, whatever a name server says. */
public final class Loopback {

  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile("127(\\." + BYTE + "){3}");

  private Loopback() {}

  /**
   * Tells whether a host is this machine. Names below {@code localhost} are not taken for it: systems ask name servers for
   * them.
   *
   * @param host a host as OkHttp writes it: in lower case, IPv6 without brackets and as short as can be
   */
  public static boolean isNamedBy(String host) {
    return host.equals("localhost") || host.equals("::1") || IPV4.matcher(host).matches();
  }
}
