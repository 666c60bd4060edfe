package io.agentcraft.client.internal.transport;

import io.agentcraft.client.internal.guard.LogText;
import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the status of a refusal, whatever its headers contain. Some headers make OkHttp throw an exception that ends the call's
 * thread and loses the status: a {@code Retry-After} that no {@code int} can hold, or a negative {@code Content-Length}.
 */
final class ResponseGuard implements Interceptor {

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");
  private static final int SWITCHING_PROTOCOLS = 101;

  @Override
  public Response intercept(Chain chain) throws IOException {
    ProxyTrace proxy = ProxyTrace.of(chain.call());
    try {
      return proxy.tagged(guarded(chain));
    } catch (IOException failure) {
      return proxy.refusal(chain.request(), failure);
    }
  }

  private static Response guarded(Chain chain) throws IOException {
    CallEvents events = CallEvents.of(chain.call());
    Response response;
    try {
      response = chain.proceed(chain.request());
    } catch (RuntimeException | ProtocolException failure) {
      Response answer = events.answer();
      if (answer == null || !isRefusal(answer)) {
        throw described(failure, answer);
      }
      // Not its message: an authenticator of the caller's may have thrown it, and they may be
      // secret.
      LOG.warn(
          "Not all of the server's answer HTTP {} can be read ({}): it is treated as a refusal",
          answer.code(),
          failure.getClass().getName());
      return answer
          .newBuilder()
          .request(chain.request())
          .body(ResponseBody.EMPTY)
          .build();
    }
    return hasNegativeLength(response, events.answer()) ? withoutBody(response, events) : response;
  }

  /** Adds a listener to one call: the listeners of a client receive nothing about WebSockets. */
  static void listen(Call call, EventListener listener) {
    try {
      call.addEventListener(listener);
    } catch (NoSuchMethodError olderOkHttp) {
      // With an older version, what the listener would have rescued is lost.
    }
  }

  private static boolean isRefusal(Response answer) {
    return !answer.isSuccessful() && answer.code() != SWITCHING_PROTOCOLS;
  }

  private static IOException described(Exception failure, @Nullable Response answer) {
    if (answer == null && failure instanceof ProtocolException noHttp) {
      return noHttp;
    }
    return new IOException(
        (answer == null
                ? "the request failed: "
                : "the server's answer, HTTP " + answer.code() + ", cannot be understood: ")
            + LogText.excerpt(failure.toString()),
        failure);
  }

  private static boolean hasNegativeLength(Response response, @Nullable Response answer) {
    if (response.socket() != null) {
      return false;
    }
    // OkHttp hides the length of a compressed body.
    Response asItCame = answer == null ? response : answer;
    String length = asItCame.header("Content-Length");
    try {
      // OkHttp's own parser is Long's, and -1 means to it that there is no length.
      return length != null && Long.parseLong(length) < -1;
    } catch (NumberFormatException noLength) {
      return false;
    }
  }

  /** Gives up a body that cannot be read, and over HTTP/1.1 cannot even be closed. */
  private static Response withoutBody(Response response, CallEvents events) {
    try {
      response.close();
    } catch (RuntimeException negativeLength) {
      drop(events.connection());
    }
    return response.newBuilder().body(ResponseBody.EMPTY).build();
  }

  private static void drop(@Nullable Connection connection) {
    if (connection == null) {
      return;
    }
    try {
      connection.socket().close();
    } catch (IOException alreadyBroken) {
      // It is not used any more.
    }
  }

  /** What OkHttp received from the server within one call, for when it cannot make sense of it. */
  static final class CallEvents extends EventListener {

    // Events come on the call's thread as a rule, but OkHttp connects on others.
    private volatile @Nullable Response answer;
    private volatile @Nullable Connection connection;

    static CallEvents of(Call call) {
      CallEvents events = new CallEvents();
      listen(call, events);
      return events;
    }

    /** Returns what the server answered last, without its body; {@code null} if it has not answered (yet). */
    @Nullable
    Response answer() {
      return answer;
    }

    /** Returns the connection used last. */
    @Nullable
    Connection connection() {
      return connection;
    }

    @Override
    public void connectionAcquired(Call call, Connection acquired) {
      connection = acquired;
    }

    @Override
    public void requestHeadersStart(Call call) {
      answer = null;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      answer = response;
    }
  }
}
