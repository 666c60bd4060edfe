package io.agentcraft.examples.bench.socket;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.examples.bench.frames.Workload;
import io.agentcraft.examples.bench.table.Child;
import io.agentcraft.testing.ReferenceServer;

/** A JVM with the reference server, which sends to all as often as it is told. */
public final class BroadcastHost {

  private BroadcastHost() {}

  /**
   * Serves until the parent has gone; its first line is the server's address.
   *
   * @param args none
   */
  public static void main(String[] args) {
    ServerMessage message =
        MessageCodec.create().decodeServer(Workload.STATUS.frames().get(0));
    ReferenceServer server = ReferenceServer.start();
    System.out.println(server.url("/ws/agent-tracking"));
    Child.serve(question -> {
      int count = Integer.parseInt(question);
      for (int i = 0; i < count; i++) {
        server.broadcast(message);
      }
      return new long[] {Child.cpuNanos()};
    });
  }
}
