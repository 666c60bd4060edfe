package io.agentcraft.client.it.faults;

import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.testing.Faults;
import io.agentcraft.testing.WireFaults;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** All faults of the matrix. */
final class FaultCatalogue {

  /** A message that a correct server could send. */
  private static final String SOUND = "{\"type\":\"noise\"}";

  private FaultCatalogue() {}

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    broken(all);
    silent(all);
    closed(all);
    frames(all);
    illegal(all);
    slow(all);
    handshakes(all);
    return Collections.unmodifiableList(all);
  }

  private static void broken(List<Fault> all) {
    all.add(Fault.loses("cut", Loss.broken(), on -> on.cut()));
    all.add(Fault.loses("reset", Loss.broken(), on -> on.reset()));
    for (WireFaults.CutPoint point : WireFaults.CutPoint.values()) {
      all.add(Fault.loses("cut " + point, Loss.broken(), on -> {
        on.wireFaults().cutAtNextFrame(point);
        on.sendRaw(SOUND);
      }));
    }
    all.add(Fault.loses("truncated frame", Loss.broken(), on -> on.frameFaults().truncated(SOUND)));
    all.add(Fault.loses(
        "compressed bomb", Loss.broken(), on -> on.frameFaults().compressedBomb(8 << 20)));
  }

  private static void silent(List<Fault> all) {
    all.add(Fault.loses("half-open", Loss.silent(), on -> on.wireFaults().halfOpen()));
    all.add(Fault.loses("deaf", Loss.silent(), on -> on.wireFaults().deafen()));
    all.add(Fault.loses(
        "reads nothing", Loss.silentAfterGreeting(), on -> on.wireFaults().stopReading()));
  }

  private static void closed(List<Fault> all) {
    for (int code : new int[] {1000, 1001, 1011, 1012, 1013, 1014, 4000}) {
      all.add(Fault.loses("close " + code, Loss.closed(code), on -> on.close(code, "why")));
    }
    for (int code : new int[] {1002, 1003, 1007, 1008, 1009, 1010}) {
      all.add(Fault.ends("close " + code, Loss.closed(code), on -> on.close(code, "why")));
    }
    for (int code : new int[] {0, 1005, 1006, 1015, 5000}) {
      all.add(Fault.loses(
          "forbidden close " + code,
          Loss.broken(ProtocolException.class),
          on -> on.frameFaults().close(code, "why")));
    }
    all.add(Fault.loses("empty close", Loss.closed(1005), on -> on.frameFaults().emptyClose()));
    all.add(Fault.loses("close 1012, echo ignored", Loss.closed(1012), on -> {
      on.wireFaults().ignoreClose();
      on.frameFaults().close(1012, "why");
    }));
    all.add(Fault.loses(
        "close 1012, then cut", Loss.closed(1012), on -> on.frameFaults().closeThenCut(1012, "x")));
    all.add(Fault.ends(
        "close 1008, then cut", Loss.closed(1008), on -> on.frameFaults().closeThenCut(1008, "x")));
  }

  private static void frames(List<Fault> all) {
    Class<MalformedMessageException> malformed = MalformedMessageException.class;
    all.add(Fault.survived("garbage", malformed, on -> on.frameFaults().garbage()));
    all.add(Fault.survived("an array", malformed, on -> on.sendRaw("[1]")));
    all.add(Fault.survived("no type", malformed, on -> on.sendRaw("{\"type\":7}")));
    all.add(Fault.survived("empty text", malformed, on -> on.sendRaw("")));
    all.add(Fault.survived("deep nesting", malformed, on -> on.frameFaults().deepNesting(100_000)));
    all.add(Fault.survived("binary", malformed, on -> on.sendBinary(new byte[] {1, 2})));
    all.add(Fault.survived("giant", malformed, on -> on.frameFaults().giant(2 << 20)));
    all.add(Fault.survived("invalid UTF-8", null, on -> on.frameFaults().invalidUtf8()));
    all.add(Fault.survived("fragments", null, on -> on.frameFaults().fragmented(SOUND, 5)));
  }

  /** What RFC 6455 forbids. */
  private static void illegal(List<Fault> all) {
    illegal(all, "reserved opcode", 0x83, 0);
    illegal(all, "masked by the server", 0x81, 0x80, 0, 0, 0, 0);
    illegal(all, "stray continuation", 0x80, 0);
    illegal(all, "long control frame", 0x89, 0x7e, 0, 126);
    illegal(all, "message within a message", 0x01, 1, '{', 0x81, 1, '{');
    illegal(all, "negative length", 0x81, 0x7f, 0x80, 0, 0, 0, 0, 0, 0, 0);
    all.add(Fault.loses(
        "no deflate", Loss.broken(), on -> on.frameFaults().bytes(bytes(0xc1, 2, 0xff, 0xff))));
    // Everything that is sent after it is part of it.
    all.add(Fault.loses(
            "endless frame",
            Loss.silent(),
            on -> on.frameFaults().bytes(bytes(0x81, 0x7f, 0x40, 0, 0, 0, 0, 0, 0, 0)))
        .thatReports(MalformedMessageException.class));
  }

  private static void illegal(List<Fault> all, String name, int... bytes) {
    all.add(Fault.loses(
        name, Loss.broken(ProtocolException.class), on -> on.frameFaults().bytes(bytes(bytes))));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static void slow(List<Fault> all) {
    Duration second = Duration.ofSeconds(1);
    all.add(Fault.survived("latency", null, on -> on.wireFaults().latency(second)));
    all.add(Fault.survived("trickle", null, on -> on.wireFaults().trickle(1, second)));
  }

  private static void handshakes(List<Fault> all) {
    Loss nobody = Loss.broken(ConnectException.class);
    all.add(Fault.hinders("port closed for a while", Faults::refuseConnections, nobody, nobody)
        .healedBy(Faults::acceptConnections));
    all.add(Fault.hinders("port closed", Faults::refuseConnections, times(Fault.MAX_LOSSES, nobody))
        .forGood());
    all.add(Fault.hinders(
        "503 twice", at -> at.refuseNextHandshakes(2, 503), times(2, Loss.refused(503))));
    all.add(Fault.hinders(
        "429 with Retry-After",
        at -> at.refuseNextHandshakes(1, 429, "Retry-After", "7"),
        Loss.refused(429).thenWaits(Duration.ofSeconds(7))));
    // OkHttp itself repeats the request once after a 408.
    all.add(Fault.hinders("408", at -> at.refuseNextHandshakes(2, 408), Loss.refused(408)));
    for (int status : new int[] {400, 401, 403, 404, 410, 426}) {
      all.add(Fault.hinders(
              "handshake " + status, at -> at.refuseNextHandshakes(1, status), Loss.refused(status))
          .forGood());
    }
    all.add(
        Fault.hinders("stalled handshake", Faults::stallNextHandshake, Loss.handshakeTimedOut()));
    all.add(Fault.hinders("flap", at -> at.dropNextConnections(2), times(2, Loss.broken())));
    all.add(Fault.hinders(
            "flapping",
            at -> at.dropNextConnections(Fault.MAX_LOSSES),
            times(Fault.MAX_LOSSES, Loss.broken()))
        .forGood());
  }

  private static Loss[] times(int count, Loss loss) {
    return Stream.generate(() -> loss).limit(count).toArray(Loss[]::new);
  }
}
