package io.agentcraft.examples.live;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.ConnectionLost;
import io.agentcraft.client.connection.DisconnectCause.HandshakeRefused;
import io.agentcraft.client.connection.DisconnectCause.TokenUnavailable;
import io.agentcraft.client.connection.ReconnectPolicy;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What the command line makes of the SDK's errors: in its own options, and with advice that fits the cause. */
public final class Advice {

  /** The SDK advises programmers; of the command line they are its users. */
  private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

  static {
    String tokens = "--token-file FILE or AGENTCRAFT_TOKEN";
    OPTIONS.put("token(…), tokenProvider(…) or header(…)", tokens);
    OPTIONS.put("token(…) or tokenProvider(…)", tokens);
    OPTIONS.put("allowTokenOverPlaintext()", "--allow-token-over-plaintext");
    OPTIONS.put("httpBaseUrl(…)", "--http-base URL");
    OPTIONS.put("The httpBaseUrl of", "The --http-base of");
    OPTIONS.put("PublishTransport.AUTO or HTTP", "--transport auto or http");
    OPTIONS.put("configure an OkHttpClient that trusts it with okHttpClient(…)", "use --ca FILE");
    OPTIONS.put(
        "configure an OkHttpClient that has one with okHttpClient(…)",
        "use the library: the command line has none");
    OPTIONS.put(
        "give the client an OkHttpClient that has it, with okHttpClient(…)",
        "use the library: the command line has none");
    OPTIONS.put(
        "Give them with proxyAuthenticator(…) of the OkHttpClient",
        "Write them into the variable that names the proxy, as in HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT");
    OPTIONS.put("than maxMessageBytes(…) allows", "than the 16 MiB that are allowed");
    OPTIONS.put("the bound of maxMessageBytes(…)", "the bound of 16 MiB");
    OPTIONS.put("Raise requestTimeout(…) if the server is slow.", "The server may be slow.");
    OPTIONS.put("raise callbackQueue(…), ", "");
    OPTIONS.put(" (Set a listener with onError(…) to receive each one.)", "");
    OPTIONS.put(" Longer texts need publishTextLimit(…).", "");
    OPTIONS.put(" (Call connect() to start again.)", "");
    OPTIONS.put(" A later update tries again.", "");
  }

  private static final Pattern PROXY = Pattern.compile("the proxy \\S+:\\d");

  /** What to look at when a proxy is in the way. */
  public static final String PROXIES = "HTTPS_PROXY, HTTP_PROXY and ALL_PROXY name proxies, and"
      + " NO_PROXY the hosts that need none.";

  private Advice() {}

  /**
   * Replaces what the SDK advises programmers to do by options of the command line.
   *
   * @param message a message of the SDK
   * @return the message for users of the command line
   */
  public static String inOptions(@Nullable String message) {
    String replaced = String.valueOf(message);
    for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
      replaced = replaced.replace(option.getKey(), option.getValue());
    }
    return replaced;
  }

  /**
   * Describes a cause, in options of the command line.
   *
   * @param cause why there is no connection
   * @return the description, starting in lower case and without a full stop at its end
   */
  public static String description(DisconnectCause cause) {
    return cause instanceof TokenUnavailable token && token.error() instanceof WrongFile wrong
        ? String.valueOf(wrong.getMessage()).replaceFirst("\\.$", "")
        : inOptions(cause.description());
  }

  /**
   * Describes a cause, and says what to do about it.
   *
   * @param cause why there is no connection
   * @return one sentence or more
   */
  public static String sentences(DisconnectCause cause) {
    return description(cause) + "." + hint(cause).map(" "::concat).orElse("");
  }

  /**
   * Advises what to do about a cause, if its description does not.
   *
   * @param cause why there is no connection; {@code null} if unknown
   * @return a sentence or two; empty if there is nothing to add
   */
  public static Optional<String> hint(@Nullable DisconnectCause cause) {
    if (cause == null) {
      return Optional.empty();
    }
    if (PROXY.matcher(cause.description()).find()) {
      return Optional.of(PROXIES);
    }
    boolean isSilent = cause instanceof DisconnectCause.HandshakeTimedOut timedOut
        ? timedOut.hint().isEmpty()
        : cause instanceof ConnectionLost lost && isOfTheNetwork(lost.error());
    return isSilent
        ? Optional.of("Check that the server runs, and that host and port are right."
            + " agentcraft demo brings its own server.")
        : Optional.empty();
  }

  /**
   * Decides whether trying again is of no use to somebody who waits: what is wrong at the first attempt was typed wrong, such
   * as the port of another program, a server with a private CA, or a proxy that knows no WebSockets. Later it may pass, as a certificate that is being renewed.
   *
   * @param context what has happened
   * @return whether to give up
   */
  public static boolean isFinal(ReconnectPolicy.Context context) {
    DisconnectCause cause = context.cause();
    boolean isFirst = context.attempt() == 1;
    return context.isFinal()
        || (isFirst && cause instanceof DisconnectCause.TlsFailed)
        || (isFirst && cause instanceof HandshakeRefused refused && refused.httpStatus() == 501)
        || (isFirst && cause instanceof ConnectionLost lost && speaksAnother(lost.error()))
        || (cause instanceof TokenUnavailable token && token.error() instanceof WrongFile);
  }

  /** Also if it speaks TLS, or none: which of them nobody can tell for sure. */
  private static boolean speaksAnother(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof ProtocolException
        || cause instanceof ProtocolException
        || (error.getClass() == IOException.class
            && (cause instanceof SSLException || cause instanceof SocketException));
  }

  /** Not those that the SDK has wrapped into an explanation of its own. */
  private static boolean isOfTheNetwork(Throwable error) {
    return error instanceof SocketException
        || error instanceof SocketTimeoutException
        || error instanceof UnknownHostException
        || error instanceof EOFException
        || error.getCause() instanceof EOFException;
  }

  /** A file that the user named cannot be used. Its message is for the user. */
  public static final class WrongFile extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param message which file, what is wrong with it, and what to do
     * @param cause the underlying error; may be {@code null}
     */
    public WrongFile(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
