package io.agentcraft.client.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.publish.AgentTask;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An agent's part of a run, as people see it: says in words what the agent does. Its callers take turns. */
final class Part {

  private final String name;
  private final AgentTask task;
  private final Texts texts;
  private int rounds;
  private long begun;
  private WeakReference<Object> lastCalled = new WeakReference<>(null);
  private WeakReference<Object> lastReturned = new WeakReference<>(null);

  Part(String name, AgentTask task, Texts texts) {
    this.name = name;
    this.task = task;
    this.texts = texts;
  }

  /** Begins what is a task of its own: a question that is asked without a workflow. */
  static Part alone(
      AgentCraftClient client,
      Texts texts,
      String name,
      @Nullable String description,
      @Nullable UserMessage question) {
    Map<String, Object> inputs = new HashMap<>();
    if (texts.tellsAll() && question != null) {
      inputs.put("message", Words.of(question.contents()));
    }
    AgentTask task = client.agent(name, name).task(texts.query(name, description, inputs));
    Part part = new Part(name, task, texts);
    part.begin(description, null);
    return part;
  }

  String name() {
    return name;
  }

  /** The agent begins, perhaps not for the first time. */
  void begin(
      @Nullable String description, @Nullable Map<String, ? extends @Nullable Object> inputs) {
    rounds++;
    begun = System.nanoTime();
    String what = texts.task(name, description, inputs);
    var unused = task.thinking(rounds == 1 ? what : "Round " + rounds + ": " + what);
  }

  /** A person is asked. */
  void await(@Nullable String description) {
    var unused = task.waiting(texts.task(name, description, null));
  }

  /** The agent calls a tool. Listeners that are both inherited and the agent's own are told twice. */
  synchronized void callTool(ToolExecutionRequest request) {
    if (request == lastCalled.get()) {
      return;
    }
    lastCalled = new WeakReference<>(request);
    if (!texts.tells()) {
      var unused = task.step("Calling a tool");
      return;
    }
    String tool = nameOf(request);
    var unused = task.step("Calling " + tool);
    var unusedLine = task.log("info", "Calling " + texts.arguments(tool, request.arguments()));
  }

  /**
   * A tool has returned.
   *
   * @param execution what the framework says of it, by which it is known if it says so twice
   */
  synchronized void toolReturned(
      Object execution, ToolExecutionRequest request, boolean failed, @Nullable String result) {
    if (execution == lastReturned.get()) {
      return;
    }
    lastReturned = new WeakReference<>(execution);
    if (!texts.tells()) {
      var unused = task.thinking("Thinking");
      return;
    }
    String tool = nameOf(request);
    if (failed || texts.tellsAll()) {
      String outcome = failed ? " failed: " : " returned ";
      var unusedLine =
          task.log(failed ? "warning" : "info", tool + outcome + texts.told(result, Texts.SHORT));
    }
    var unused = task.thinking(failed ? tool + " failed" : "Thinking about the result of " + tool);
  }

  /** The model is asked. */
  void asked() {
    begun = System.nanoTime();
  }

  void warn(String text) {
    if (texts.tells()) {
      var unused = task.log("warning", text);
    }
  }

  /** The model has answered. */
  void answered(@Nullable ChatResponse response) {
    if (response == null || response.metadata() == null || !texts.tells()) {
      return;
    }
    TokenUsage tokens = response.tokenUsage();
    if (tokens != null) {
      var unused = task.log(
          "info",
          String.format(
              Locale.ROOT,
              "%s: %s tokens in, %s out, %.1f s",
              Texts.name(response.modelName(), "Model"),
              Objects.requireNonNullElse(tokens.inputTokenCount(), "?"),
              Objects.requireNonNullElse(tokens.outputTokenCount(), "?"),
              (System.nanoTime() - begun) / 1e9));
    }
  }

  void output(@Nullable String key, @Nullable Object output) {
    if (texts.tells() && output != null) {
      var unused = task.output(texts.output(key, output));
    }
  }

  /** The agent has done what it was called for, and will perhaps be called again. */
  void rest(int maxRounds) {
    String text = "Round " + rounds + " done";
    var unused = maxRounds > 0 ? task.progress(rounds, maxRounds, text) : task.step(text);
  }

  void step(String text) {
    var unused = task.step(text);
  }

  void complete(@Nullable String key, @Nullable Object output) {
    var unused = task.complete(texts.output(key, output));
  }

  void fail(Throwable failure) {
    var unused = task.fail(failure);
  }

  void close() {
    task.close();
  }

  private static String nameOf(ToolExecutionRequest request) {
    return Texts.name(request.name(), "a tool");
  }
}
