package io.agentcraft.testing.internal.protocol;

import java.util.Map;
import mockwebserver3.MockResponse;
import okhttp3.Headers;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Fixed answers at fixed paths. */
public final class StaticRoutes {

  /** An answer. */
  public record Entry(Headers headers, ByteString body) {}

  private final Map<String, Entry> entries;

  public StaticRoutes(Map<String, Entry> entries) {
    this.entries = Map.copyOf(entries);
  }

  /** Answers, or returns null if there is nothing at this path. */
  @Nullable
  MockResponse answer(@Nullable String method, String path) {
    Entry entry = entries.get(path);
    if (entry == null) {
      return null;
    }
    boolean get = "GET".equals(method);
    if (!get && !"HEAD".equals(method)) {
      return new MockResponse.Builder()
          .code(405)
          .setHeader("Allow", "GET, HEAD")
          .build();
    }
    MockResponse.Builder response = new MockResponse.Builder().headers(entry.headers());
    if (get) {
      response.body(new Buffer().write(entry.body()));
    } else {
      response.setHeader("Content-Length", entry.body().size());
    }
    return response.build();
  }
}
