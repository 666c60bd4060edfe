package io.agentcraft.client.internal.connection;

import io.agentcraft.client.internal.connection.Endpoints.Endpoint;
import io.agentcraft.client.internal.transport.Transport;
import io.agentcraft.client.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A socket that records what is done with it. */
public class FakeSocket implements Transport.Socket {

  public final List<String> sent = new ArrayList<>();
  /** Receives what is sent. */
  public Consumer<String> peer = text -> {};

  public boolean closing;
  public boolean cancelled;
  public int closeCode;
  public long queued;

  /** Returns a connection over a socket, without a loop that it reports to. */
  public static Connection connection(long generation, Transport.Socket socket, Scheduler time) {
    return connection(generation, socket, time, event -> {});
  }

  /** Returns a connection whose events, of any kind, go to a consumer. */
  public static Connection connection(
      Transport.Socket socket, Scheduler time, Consumer<Object> events) {
    return connection(1, socket, time, events);
  }

  /** Returns a connection to a URL, whose events go nowhere. */
  public static Connection connection(String url, Transport.Socket socket, Scheduler time) {
    return connection(1, url, socket, time, event -> {});
  }

  private static Connection connection(
      long generation, Transport.Socket socket, Scheduler time, Consumer<Object> events) {
    return connection(generation, "ws://host/path", socket, time, events);
  }

  private static Connection connection(
      long generation,
      String url,
      Transport.Socket socket,
      Scheduler time,
      Consumer<Object> events) {
    Connection connection = new Connection(
        generation,
        new Endpoint(url, ""),
        "client_1_" + generation,
        new EventLoop(time),
        events::accept,
        Instrumentation.NONE);
    connection.socket(socket);
    return connection;
  }

  @Override
  public boolean send(String text) {
    if (!closing) {
      sent.add(text);
      peer.accept(text);
    }
    return !closing;
  }

  @Override
  public long queuedBytes() {
    return queued;
  }

  @Override
  public void close(int code) {
    closing = true;
    closeCode = code;
  }

  @Override
  public void cancel() {
    closing = true;
    cancelled = true;
  }
}
