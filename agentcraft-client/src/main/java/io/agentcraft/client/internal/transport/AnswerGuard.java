package io.agentcraft.client.internal.transport;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a refusal what it is, whatever its headers are. OkHttp takes some of them at their word: a {@code Retry-After} that
 * no {@code int} can hold, or a {@code Content-Length} below zero, makes it throw what ends the call's thread, and the
 * status is lost.
 */
final class AnswerGuard implements Interceptor {

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");
  private static final int SWITCHING_PROTOCOLS = 101;

  @Override
  public Response intercept(Chain chain) throws IOException {
    CallEvents events = CallEvents.of(chain.call());
    Response response;
    try {
      response = chain.proceed(chain.request());
    } catch (RuntimeException | ProtocolException failure) {
      Response answer = events.answer();
      if (answer == null || !isRefusal(answer)) {
        throw told(failure, answer);
      }
      // Not its words: an authenticator of the caller's may have thrown it, and they may be secret.
      LOG.warn(
          "Not all of the server's answer HTTP {} can be read ({}): it counts as a refusal",
          answer.code(),
          failure.getClass().getName());
      return answer
          .newBuilder()
          .request(chain.request())
          .body(ResponseBody.EMPTY)
          .build();
    }
    return hasBelowZero(response, events.answer()) ? withoutBody(response, events) : response;
  }

  private static boolean isRefusal(Response answer) {
    return !answer.isSuccessful() && answer.code() != SWITCHING_PROTOCOLS;
  }

  private static IOException told(Exception failure, @Nullable Response answer) {
    if (answer == null && failure instanceof ProtocolException noHttp) {
      return noHttp;
    }
    return new IOException(
        (answer == null
                ? "the request failed: "
                : "the server's answer, HTTP " + answer.code() + ", makes no sense: ")
            + failure,
        failure);
  }

  private static boolean hasBelowZero(Response response, @Nullable Response answer) {
    if (response.socket() != null) {
      return false;
    }
    // Of a compressed body OkHttp hides the length.
    Response asItCame = answer == null ? response : answer;
    String length = asItCame.header("Content-Length");
    try {
      // OkHttp's own parser is Long's, and -1 means to it that there is no length.
      return length != null && Long.parseLong(length) < -1;
    } catch (NumberFormatException noLength) {
      return false;
    }
  }

  /** Gives up a body that cannot be read, and by HTTP/1.1 not even be closed. */
  private static Response withoutBody(Response response, CallEvents events) {
    try {
      response.close();
    } catch (RuntimeException belowZero) {
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
      // It is of no use any more.
    }
  }
}
