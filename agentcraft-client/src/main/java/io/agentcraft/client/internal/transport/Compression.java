package io.agentcraft.client.internal.transport;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.Headers;

/** Whether and how a server compresses its messages (permessage-deflate, RFC 7692), as its answer to a handshake says. */
enum Compression {
  NONE,
  /** A message may refer to what was in earlier ones. */
  WITH_CONTEXT,
  /** Each message stands alone. */
  WITHOUT_CONTEXT;

  private static final String HEADER = "Sec-WebSocket-Extensions";
  private static final String DEFLATE = "permessage-deflate";
  private static final String ALONE = "server_no_context_takeover";

  /** What OkHttp understands, in the same way: a filter that read it in another way could be got around. */
  private static final Pattern PARAMETER = Pattern.compile(ALONE + "|client_no_context_takeover"
      + "|server_max_window_bits\\s*=\\s*([89]|1[0-5]|\"([89]|1[0-5])\")");

  private static final Pattern PRINTABLE = Pattern.compile("[\\t\\x20-\\x7e]*");

  /**
   * Reads the headers of an answer.
   *
   * @throws InvalidHandshakeException if the server agreed to what OkHttp does not offer
   */
  static Compression agreed(Headers answer) throws InvalidHandshakeException {
    Compression agreed = NONE;
    for (String header : answer.values(HEADER)) {
      if (header.isBlank()) {
        continue;
      }
      // OkHttp offers one extension, so that there is nothing to list.
      if (agreed != NONE || !PRINTABLE.matcher(header).matches()) {
        throw unknown(header);
      }
      agreed = read(header);
    }
    return agreed;
  }

  private static Compression read(String header) throws InvalidHandshakeException {
    String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
    if (!parts[0].trim().equals(DEFLATE)) {
      throw unknown(header);
    }
    Set<String> names = new HashSet<>();
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      String name = parameter.split("[\\s=]", 2)[0];
      if (!PARAMETER.matcher(parameter).matches() || !names.add(name)) {
        throw unknown(header);
      }
    }
    return names.contains(ALONE) ? WITHOUT_CONTEXT : WITH_CONTEXT;
  }

  private static InvalidHandshakeException unknown(String header) {
    return new InvalidHandshakeException("a WebSocket extension", HEADER, header);
  }
}
