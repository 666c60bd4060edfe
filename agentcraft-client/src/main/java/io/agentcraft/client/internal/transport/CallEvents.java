package io.agentcraft.client.internal.transport;

import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What OkHttp has heard from the server within one call, for when it cannot make sense of it. */
final class CallEvents extends EventListener {

  // Events come on the call's thread as a rule, but OkHttp connects on others.
  private volatile @Nullable Response answer;
  private volatile @Nullable Connection connection;

  static CallEvents of(Call call) {
    CallEvents events = new CallEvents();
    listen(call, events);
    return events;
  }

  /** Listens to one call: a client's own listeners hear nothing of WebSockets. */
  static void listen(Call call, EventListener listener) {
    try {
      call.addEventListener(listener);
    } catch (NoSuchMethodError olderOkHttp) {
      // It is there to save what would be lost otherwise: with an older version that is lost.
    }
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
