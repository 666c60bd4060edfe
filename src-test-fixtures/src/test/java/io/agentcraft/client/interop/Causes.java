package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.DisconnectCause;

/** What a client says of an end, held against what was on the wire: uvicorn's versions end connections differently. */
final class Causes {

  private Causes() {}

  /** A close frame must be told with its code, and its lack as a broken connection. */
  static void assertAsOnTheWire(DisconnectCause told, TcpProxy.Pair wire) {
    int code = wire.serverFrames().stream()
        .filter(frame -> frame.opcode() == WireFrames.CLOSE)
        .mapToInt(WireFrames.Frame::closeCode)
        .findFirst()
        .orElse(0);
    if (code == 0) {
      assertThat(told).isInstanceOf(DisconnectCause.ConnectionLost.class);
    } else {
      assertThat(told)
          .isInstanceOfSatisfying(
              DisconnectCause.ClosedByServer.class,
              closed -> assertThat(closed.code()).isEqualTo(code));
    }
  }
}
