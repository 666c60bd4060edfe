package io.agentcraft.client.internal.connection;

/** Who is told what happens on connections. */
public record Observers(Meter meter, Tap tap) {

  /** Nobody. */
  public static final Observers NONE = new Observers(Meter.NONE, new Tap(null));
}
