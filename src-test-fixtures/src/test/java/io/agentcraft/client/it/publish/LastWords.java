package io.agentcraft.client.it.publish;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.publish.SessionPublisher;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A program that does not close its client. Runs in a JVM of its own. */
final class LastWords {

  /** What it prints when three runs are at work and known to the server. */
  static final String AT_WORK = "at work";

  static final int EXIT_CODE = 3;

  /** How the program ends. */
  enum Ending {
    /** It works on until it is stopped. */
    SIGNAL,
    EXIT,
    EXIT_BY_A_COMPLETION,
    EXIT_BY_A_LISTENER,
    /** As {@link #EXIT}, with the hook turned off. */
    EXIT_WITHOUT_HOOK,
    /** {@code main} returns, before anything was sent. */
    RETURN
  }

  private LastWords() {}

  /** Runs the program with the server's URL and the name of an {@link Ending}. */
  public static void main(String[] args) throws InterruptedException {
    Ending ending = Ending.valueOf(args[1]);
    AgentCraftClient client = AgentCraftClient.builder(args[0])
        .shutdownHook(ending != Ending.EXIT_WITHOUT_HOOK)
        .build();
    SessionPublisher session = client.session("Why do webhooks fail?");
    CompletableFuture<?> crew = session.agent("Reader").step("Reading the logs");
    CompletableFuture<?> task =
        client.agent("indexer", "Indexer").task("Index").step("Reading the folder");
    CompletableFuture<?> status = client.agent("cook", "Cook").processing(50, "Stirring");
    if (ending == Ending.RETURN) {
      return;
    }
    Await.get(CompletableFuture.allOf(crew, task, status));
    System.out.println(AT_WORK);
    switch (ending) {
      case EXIT_BY_A_COMPLETION -> {
        var unused = client
            .agent("cook", "Cook")
            .processing(60, "Stirring")
            .whenComplete((receipt, failure) -> System.exit(EXIT_CODE));
      }
      case EXIT_BY_A_LISTENER -> {
        client.onMessage(message -> System.exit(EXIT_CODE));
        session.phase("writing");
      }
      case EXIT, EXIT_WITHOUT_HOOK -> System.exit(EXIT_CODE);
      default -> {}
    }
    new CountDownLatch(1).await();
  }
}
