package io.agentcraft.testing;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Stands in until this package has a class; delete it then. */
public final class Placeholder implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();

  /** Makes a server that is not started. */
  public Placeholder() {
    String body = io.agentcraft.client.Placeholder.touch();
    server.enqueue(new MockResponse(200, Headers.EMPTY, body));
  }

  @Override
  public void close() {
    server.close();
  }

  /** Apart from the server, as JUnit is optional. */
  public static final class Extension implements AfterAllCallback {
    private final Placeholder server = new Placeholder();

    /** Makes an extension. */
    public Extension() {}

    @Override
    public void afterAll(ExtensionContext context) {
      server.close();
    }
  }
}
