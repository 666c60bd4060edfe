package io.agentcraft.examples.soak;

import io.agentcraft.testing.Faults;
import java.time.Duration;
import java.util.List;

/** What can happen to all clients of the run's own server at once. */
enum Strike {
  /** End of stream, no close frame. */
  CUT {
    @Override
    boolean hit(Faults faults, Fleet fleet) {
      List<Integer> mark = fleet.mark();
      faults.cutConnections();
      return fleet.awaitBack(mark);
    }
  },
  /** TCP reset. */
  RESET {
    @Override
    boolean hit(Faults faults, Fleet fleet) {
      List<Integer> mark = fleet.mark();
      faults.resetConnections();
      return fleet.awaitBack(mark);
    }
  },
  /** A graceful restart. */
  CLOSE_1012 {
    @Override
    boolean hit(Faults faults, Fleet fleet) {
      List<Integer> mark = fleet.mark();
      faults.closeConnections(1012, "Service restart");
      return fleet.awaitBack(mark);
    }
  },
  /** Nothing gets through in either direction, until WebSocket pings have found out. */
  HALF_OPEN {
    @Override
    boolean hit(Faults faults, Fleet fleet) {
      List<Integer> mark = fleet.mark();
      faults.wire().halfOpen();
      return fleet.awaitBack(mark);
    }
  },
  /** All that the server sends is late, until the round is over. */
  LATENCY {
    @Override
    boolean hit(Faults faults, Fleet fleet) {
      faults.wire().latency(Duration.ofMillis(50));
      return true;
    }
  },
  /** A text frame that is no JSON: an error at each client, and no more. */
  GARBAGE {
    @Override
    boolean hit(Faults faults, Fleet fleet) {
      faults.frames().garbage();
      return true;
    }
  },
  /** Cut, and every first attempt to come back is refused with 503. */
  REFUSED_503 {
    @Override
    boolean hit(Faults faults, Fleet fleet) {
      List<Integer> mark = fleet.mark();
      faults.refuseNextHandshakes(fleet.size(), 503);
      faults.cutConnections();
      return fleet.awaitBack(mark);
    }
  },
  /** Cut, and the port is closed until nobody is connected any more. */
  PORT_CLOSED {
    @Override
    boolean hit(Faults faults, Fleet fleet) {
      List<Integer> mark = fleet.mark();
      faults.refuseConnections();
      faults.cutConnections();
      boolean allNoticed = fleet.awaitNoneConnected();
      faults.acceptConnections();
      return fleet.awaitBack(mark) && allNoticed;
    }
  };

  /** Strikes, and waits for what the clients make of it; {@code false} if not all came back in time. */
  abstract boolean hit(Faults faults, Fleet fleet);
}
