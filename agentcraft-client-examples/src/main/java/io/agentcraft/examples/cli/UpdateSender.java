package io.agentcraft.examples.cli;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.SessionPublisher;
import io.agentcraft.examples.cli.UpdateReader.Update;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Publishes updates one after the other, and prints the receipt of each. */
final class UpdateSender {

  private final AgentCraftClient client;
  private final Patience patience;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Map<String, OpenSession> sessions = new LinkedHashMap<>();
  private boolean allDelivered = true;

  /** A session that has begun, with the last status of each of its agents; {@code null} before its first one. */
  private record OpenSession(
      SessionPublisher publisher, Map<String, @Nullable AgentStatusUpdate> agents) {

    boolean hasEnded(String agentId) {
      AgentStatusUpdate last = agents.get(agentId);
      return last != null && last.status().isFinal();
    }

    boolean hasEnded() {
      return agents.keySet().stream().allMatch(this::hasEnded);
    }
  }

  UpdateSender(AgentCraftClient client, Patience patience, PrintWriter out, PrintWriter err) {
    this.client = client;
    this.patience = patience;
    this.out = out;
    this.err = err;
  }

  /** Returns whether each update was delivered. */
  boolean allDelivered() {
    return allDelivered;
  }

  void publish(Update update) throws InterruptedException {
    AgentStatusUpdate status = update.status();
    String of = requireNonNullElse(update.session(), "");
    String what = Text.join(
        of.isEmpty() ? "" : "session " + of + ",",
        update.agentId(),
        status == null ? "" : status.status().toString(),
        status == null ? "" : Text.percent(status.progress()),
        status == null ? "" : status.message(),
        update.phase() == null ? "" : "phase " + update.phase(),
        update.output() == null ? "" : "output " + update.output());
    patience.begin();
    if (update.session() == null && status != null) {
      await(client.agent(status.agentId(), status.agentName()).publish(status), what);
      return;
    }
    OpenSession session = sessions.computeIfAbsent(of, id -> open(id, update));
    if (session.hasEnded(update.agentId())) {
      notDelivered("failed      " + what + ": this agent has ended in this session.");
      return;
    }
    await(publish(session, update), what);
  }

  private OpenSession open(String id, Update first) {
    String query = first.query() == null ? first.agentName() : first.query();
    return new OpenSession(
        id.isEmpty() ? client.session(query) : client.session(id, query), new LinkedHashMap<>());
  }

  private static CompletableFuture<PublishReceipt> publish(OpenSession session, Update update) {
    SessionPublisher publisher = session.publisher();
    List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
    publisher.agent(update.agentId(), update.agentName());
    session.agents().putIfAbsent(update.agentId(), null);
    if (update.phase() != null) {
      receipts.add(publisher.phase(update.phase()));
    }
    if (update.output() != null) {
      receipts.add(publisher.output("output", update.output(), update.agentName()));
    }
    if (update.status() != null) {
      // The order is that of the latest changes.
      session.agents().remove(update.agentId());
      session.agents().put(update.agentId(), update.status());
      receipts.add(publisher.publish(update.status()));
    }
    return receipts.stream()
        .reduce((one, other) -> one.thenCombine(other, UpdateSender::together))
        .orElseThrow();
  }

  /** Of two updates that are published together, one may be sent as part of the other, and is superseded then. */
  private static PublishReceipt together(PublishReceipt one, PublishReceipt other) {
    boolean otherTells = one instanceof PublishReceipt.Superseded
        || (one.isDelivered() && !(other instanceof PublishReceipt.Superseded));
    return otherTells ? other : one;
  }

  /** Ends the sessions whose agents have all ended. */
  void endSessions() throws InterruptedException {
    for (OpenSession session : sessions.values()) {
      if (session.hasEnded()) {
        end(session);
      }
    }
  }

  /** Ends a session as its agents did: as failed if one failed. */
  private void end(OpenSession session) throws InterruptedException {
    AgentStatusUpdate last = null;
    for (AgentStatusUpdate each : session.agents().values()) {
      if (last == null || last.status() != AgentStatus.ERROR) {
        last = each;
      }
    }
    boolean failed = requireNonNull(last).status() == AgentStatus.ERROR;
    String text =
        last.message().isEmpty() && failed ? last.agentName() + " failed" : last.message();
    SessionPublisher publisher = session.publisher();
    patience.begin();
    await(
        failed ? publisher.fail(new IllegalStateException(text)) : publisher.complete(text),
        Text.join("session", publisher.id(), failed ? "failed" : "completed", text));
  }

  private void await(CompletableFuture<PublishReceipt> ending, String what)
      throws InterruptedException {
    boolean ended = patience.await(
        ending, () -> client.connectionState().isConnected(), line -> Text.print(err, line));
    if (!ended) {
      notDelivered("failed      " + what + ": " + patience.failure());
      return;
    }
    try {
      PublishReceipt receipt = ending.join();
      if (receipt instanceof PublishReceipt.Delivered delivered) {
        Text.print(
            out,
            "delivered   " + delivered.transport() + " in "
                + delivered.latency().toMillis() + " ms: " + what);
      } else if (receipt instanceof PublishReceipt.Accepted accepted) {
        notDelivered("accepted    " + accepted.transport() + " in "
            + accepted.latency().toMillis() + " ms: "
            + what
            + ": it did not arrive on the open socket, so it may have gone to another server. "
            + "Check the URL, or set --http-base URL.");
      } else {
        notDelivered("superseded  " + what);
      }
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      String noServer = patience.failure();
      notDelivered("failed      " + what + ": "
          + (noServer != null ? noServer : Advice.inOptions(cause.getMessage())));
    }
  }

  void notDelivered(String message) {
    allDelivered = false;
    Text.print(err, message);
  }
}
