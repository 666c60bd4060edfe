package io.agentcraft.testing.internal.socket;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests whole, within bounds, and in the form that the web server can parse: anything else would end its thread and
 * leave the connection open. Confined to one thread.
 */
final class RequestReader {

  static final int MAX_HEAD = 64 * 1024;
  static final int MAX_BODY = 1024 * 1024;

  private static final int BAD_REQUEST = 400;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int HEAD_TOO_LARGE = 431;
  private static final int NOT_IMPLEMENTED = 501;

  /** The first byte of a TLS handshake; no HTTP request starts with it. */
  private static final int TLS_HANDSHAKE = 0x16;

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(" + TOKEN + ") (/[^\\x00-\\x20\\x7f]*|\\*) HTTP/1\\.([01])");
  private static final Pattern HEADER = Pattern.compile("(" + TOKEN + "):\\s*(.*?)\\s*");
  private static final Pattern HOST = Pattern.compile("([\\w.-]+|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,15})\\s*(;.*)?");

  /** A request that is answered with an error, after which nothing is read. */
  static final class Refused extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    Refused(int status, String why) {
      super(why);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private final InputStream in;
  private final OutputStream out;
  private boolean last;

  // Of the request that is being read.
  private int headSize;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /**
   * Creates a reader.
   *
   * @param in buffered
   * @param out where a client that waits for permission to send its body receives it
   */
  RequestReader(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Reads a request; null if there is none. */
  byte @Nullable [] next() throws IOException {
    headSize = 0;
    body.reset();
    in.mark(1);
    int first = last ? -1 : in.read();
    if (first < 0 || first == TLS_HANDSHAKE) {
      return null;
    }
    in.reset();
    String start = line();
    while (start.isEmpty()) {
      start = line();
    }
    Matcher line = REQUEST_LINE.matcher(start);
    if (!line.matches()) {
      throw new Refused(BAD_REQUEST, "This is not the first line of an HTTP/1.1 request.");
    }
    List<Matcher> headers = headers();
    requireHost(headers);
    readBody(headers);
    String connection = value(headers, "connection");
    boolean isOld = line.group(3).equals("0");
    last = "close".equalsIgnoreCase(connection)
        || (isOld && !"keep-alive".equalsIgnoreCase(connection));
    return rewritten(line.group(), headers);
  }

  /** Returns the request with the length of its body in the one form that the web server knows. */
  private byte[] rewritten(String line, List<Matcher> headers) {
    StringBuilder head = new StringBuilder(line).append("\r\n");
    headers.stream()
        .filter(header -> !is(header, "content-length") && !is(header, "transfer-encoding"))
        .forEach(header ->
            head.append(header.group(1)).append(": ").append(header.group(2)).append("\r\n"));
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    // The web server does not accept a body here, even an empty one.
    boolean bodiless = line.startsWith("GET ") || line.startsWith("HEAD ");
    head.append(bodiless ? "\r\n" : "Content-Length: " + body.size() + "\r\n\r\n");
    request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!bodiless) {
      request.writeBytes(body.toByteArray());
    }
    return request.toByteArray();
  }

  private List<Matcher> headers() throws IOException {
    List<Matcher> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      Matcher header = HEADER.matcher(line);
      if (!header.matches()) {
        throw new Refused(BAD_REQUEST, "A line among the headers is not one.");
      }
      headers.add(header);
    }
    return headers;
  }

  private static void requireHost(List<Matcher> headers) throws Refused {
    String host = value(headers, "host");
    boolean valid = host != null
        && HOST.matcher(host).matches()
        && HttpUrl.parse("http://" + host + "/") != null;
    if (!valid) {
      throw new Refused(BAD_REQUEST, "The request needs one header Host, with a host and a port.");
    }
  }

  private void readBody(List<Matcher> headers) throws IOException {
    String length = value(headers, "content-length");
    String encoding = value(headers, "transfer-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("chunked")) {
      throw new Refused(NOT_IMPLEMENTED, "The only Transfer-Encoding known here is chunked.");
    }
    if (length != null && (encoding != null || !LENGTH.matcher(length).matches())) {
      throw new Refused(BAD_REQUEST, "The length of the body is not clear.");
    }
    long announced = length == null ? 0 : Long.parseLong(length);
    requireRoom(announced);
    if ("100-continue".equalsIgnoreCase(value(headers, "expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    if (encoding == null) {
      readBytes((int) announced);
    } else {
      readChunks();
    }
  }

  private void readChunks() throws IOException {
    long size;
    do {
      Matcher chunk = CHUNK.matcher(line());
      if (!chunk.matches()) {
        throw new Refused(BAD_REQUEST, "The size of a chunk is not a hexadecimal number.");
      }
      size = Long.parseLong(chunk.group(1), 16);
      requireRoom(size);
      readBytes((int) size);
      // The size lines of many small chunks are no large head.
      headSize = 0;
      if (size > 0 && !line().isEmpty()) {
        throw new Refused(BAD_REQUEST, "A chunk is longer than its size says.");
      }
    } while (size > 0);
    var unused = headers();
  }

  private void requireRoom(long more) throws Refused {
    if (more > MAX_BODY - body.size()) {
      throw new Refused(
          CONTENT_TOO_LARGE,
          "The body is larger than " + MAX_BODY + " bytes, the most taken here.");
    }
  }

  private void requireRoomInHead(int more) throws Refused {
    if (headSize + more > MAX_HEAD) {
      throw new Refused(
          HEAD_TOO_LARGE,
          "The headers are larger than " + MAX_HEAD + " bytes, the most taken here.");
    }
  }

  private void readBytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    body.writeBytes(bytes);
  }

  /** Reads a line. Its bytes become characters one by one, so that they can be written again as they were. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int one = in.read(); one != '\n'; one = in.read()) {
      if (one < 0) {
        throw new EOFException();
      }
      line.append((char) one);
      requireRoomInHead(line.length());
    }
    headSize += line.length() + 1;
    requireRoomInHead(0);
    int end = line.length() - 1;
    return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
  }

  /** Returns the value of a header; null if it is missing; an empty one, which no header here may have, if it is ambiguous. */
  private static @Nullable String value(List<Matcher> headers, String name) {
    List<String> values = headers.stream()
        .filter(header -> is(header, name))
        .map(header -> header.group(2))
        .distinct()
        .toList();
    return values.isEmpty() ? null : values.size() == 1 ? values.get(0) : "";
  }

  private static boolean is(Matcher header, String name) {
    return header.group(1).toLowerCase(Locale.ROOT).equals(name);
  }
}
