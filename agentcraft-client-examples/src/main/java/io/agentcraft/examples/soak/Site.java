package io.agentcraft.examples.soak;

import io.agentcraft.client.AgentCraftClientBuilder;
import java.time.Duration;
import java.util.Random;

/** The server that a run goes against, as far as the run may touch it. */
interface Site extends AutoCloseable {

  /** Ends the words about a strike that not all clients came back from. */
  String LOST = ", and not all came back";

  /** Returns where it is, as it is shown. */
  String url();

  /** Returns options for one more client. */
  AgentCraftClientBuilder options();

  /** Returns how long a run that lasts by the clock rests between two rounds. */
  Duration rest();

  /** Returns the session that clients ask for. */
  String sessionId();

  /** Lets messages flow, if that is up to us. */
  void traffic();

  /**
   * Lets something go wrong, and waits until all clients have taken it in.
   *
   * @return what it was, in words; with {@link #LOST} at the end if a client did not come back
   */
  String strike(Fleet fleet, Random random);

  /** Ends what a strike began. */
  void heal();

  /** Forgets what it remembers of the past, so that only what the clients keep is measured; clients reconnect. */
  void renew(Fleet fleet);

  @Override
  void close();
}
