package io.agentcraft.examples.page;

import io.agentcraft.testing.ReferenceServerBuilder;
import io.agentcraft.testing.StaticContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The dashboard page: plain HTML, CSS and JavaScript under {@code /page} of the class path. The page is a client of the
 * protocol in its own right.
 */
public final class DashboardPage {

  /**
   * Allows the page to load its own files and to connect to its own server, nothing else. No text can become markup or
   * script, even through a mistake in the page.
   */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String INDEX = "index.html";

  private static final List<String> FILES = List.of(
      INDEX,
      "page.css",
      "icon.svg",
      "main.js",
      "backoff.js",
      "board.js",
      "connection.js",
      "dom.js",
      "follower.js",
      "indicator.js",
      "log-panel.js",
      "panels.js",
      "wire.js");

  private DashboardPage() {}

  /**
   * Adds the page to a server, at {@code /}.
   *
   * @param server the options of the server
   * @return the same options
   */
  public static ReferenceServerBuilder addTo(ReferenceServerBuilder server) {
    FILES.forEach(file -> server.content(file.equals(INDEX) ? "/" : "/page/" + file, read(file)));
    return server;
  }

  private static StaticContent read(String file) {
    try (InputStream in = DashboardPage.class.getResourceAsStream("/page/" + file)) {
      if (in == null) {
        throw new IllegalStateException(
            "The page's " + file + " is not on the class path. Build the module again.");
      }
      return StaticContent.of(typeOf(file), in.readAllBytes())
          .withHeader("Content-Security-Policy", POLICY)
          .withHeader("X-Content-Type-Options", "nosniff")
          .withHeader("Referrer-Policy", "no-referrer")
          .withHeader("Cache-Control", "no-cache");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String typeOf(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("The media type of " + file + " is unknown.");
    };
  }
}
