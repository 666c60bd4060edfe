package io.agentcraft.client.langchain4j;

import dev.langchain4j.agentic.internal.InternalAgent;
import dev.langchain4j.agentic.observability.AfterAgentToolExecution;
import dev.langchain4j.agentic.observability.AgentInvocationError;
import dev.langchain4j.agentic.observability.AgentListener;
import dev.langchain4j.agentic.observability.AgentRequest;
import dev.langchain4j.agentic.observability.AgentResponse;
import dev.langchain4j.agentic.observability.BeforeAgentToolExecution;
import dev.langchain4j.agentic.observability.ComposedAgentListener;
import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.agentic.planner.AgenticSystemTopology;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.service.tool.ToolExecution;
import io.agentcraft.client.AgentCraftClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what agents of LangChain4j do, while they do it. It is one line on the builder of an agent or of a workflow, whose
 * agents inherit it:
 *
 * <pre>{@code
 * UntypedAgent crew = AgenticServices.sequenceBuilder()
 *     .subAgents(researcher, writer)
 *     .listener(AgentCraftAgentListener.of(client))
 *     .build();
 * }</pre>
 *
 * <p>Each run of a workflow is a session, and each of its leaves an agent of that session; the phase is the name of the agent
 * that was called last. An agent that is called alone is a task. Tools are steps, and lines of the log. A failure is told with
 * its root cause, and an agent that asks a person as waiting. Without {@link #withContent}, no values are published.
 *
 * <p>One listener may serve any number of agents and workflows, on any threads. It throws nothing, does not wait for the
 * network, and keeps nothing of a run that has ended.
 */
@SuppressWarnings("exports") // whoever uses it requires LangChain4j
public final class AgentCraftAgentListener implements AgentListener {

  private final AgentCraftClient client;
  private final Texts texts;
  private final Runs runs = new Runs();
  private final Guard guard = new Guard();

  private AgentCraftAgentListener(AgentCraftClient client, Texts texts) {
    this.client = client;
    this.texts = texts;
  }

  /**
   * Creates a listener that publishes a {@linkplain Content#SUMMARY summary}.
   *
   * @param client publishes; whoever created it closes it
   * @return the listener
   */
  public static AgentCraftAgentListener of(AgentCraftClient client) {
    return new AgentCraftAgentListener(
        Objects.requireNonNull(client, "client"),
        new Texts(Content.SUMMARY, UnaryOperator.identity()));
  }

  /**
   * Returns a listener that publishes more or less of what passes through the agents.
   *
   * @param content how much
   * @return a new listener; this one is not changed
   */
  public AgentCraftAgentListener withContent(Content content) {
    return new AgentCraftAgentListener(
        client, new Texts(Objects.requireNonNull(content, "content"), texts.redactor()));
  }

  /**
   * Returns a listener that lets a function change every text of the program before it is published, for example to leave out
   * what is secret. It is called on the agents' threads, so it should be fast. If it throws, the text is left out.
   *
   * @param redactor returns what may be published of a text
   * @return a new listener; this one is not changed
   */
  public AgentCraftAgentListener withRedactor(UnaryOperator<String> redactor) {
    return new AgentCraftAgentListener(
        client, new Texts(texts.content(), Objects.requireNonNull(redactor, "redactor")));
  }

  @Override
  public boolean inheritedBySubagents() {
    return true;
  }

  @Override
  public void beforeAgentInvocation(AgentRequest request) {
    guard.run(() -> begin(request.agenticScope(), request.agent(), request.inputs()));
  }

  private void begin(
      @Nullable AgenticScope scope, AgentInstance agent, @Nullable Map<String, Object> inputs) {
    if (scope == null) {
      return; // nothing would tell which run an end is the end of
    }
    List<Run> open = runs.of(scope);
    // Several threads may have called a workflow with the same memory id.
    boolean known = open.stream().anyMatch(run -> run.isHere() && run.begin(agent, inputs))
        || open.stream().anyMatch(run -> !run.isHere() && run.begin(agent, inputs));
    if (!known) {
      open.stream().filter(run -> run.isReplacedBy(agent)).forEach(run -> {
        runs.remove(scope, run);
        run.lost();
      });
      beInherited(agent, 0);
      runs.add(scope, new Run(client, texts, agent, inputs));
    }
  }

  /** As of 1.19, people and other agents without a model do not inherit the listeners of the workflow that they are in. */
  private void beInherited(AgentInstance workflow, int depth) {
    for (AgentInstance agent : Place.subagents(workflow)) {
      if (!Place.isLeaf(agent)) {
        if (depth < Place.MAX_DEPTH) {
          beInherited(agent, depth + 1);
        }
      } else if (agent.topology() != AgenticSystemTopology.AI_AGENT
          && agent instanceof InternalAgent leaf
          && !isAmong(leaf.listener())) {
        leaf.registerInheritedParentListener(this);
      }
    }
  }

  private boolean isAmong(@Nullable AgentListener listeners) {
    return listeners == this
        || (listeners instanceof ComposedAgentListener composed && composed.contains(this));
  }

  @Override
  public void afterAgentInvocation(AgentResponse response) {
    guard.run(() -> end(
        response.agenticScope(),
        run -> run.end(
            response.agent(), response.inputs(), response.output(), response.chatResponse())));
  }

  @Override
  public void onAgentInvocationError(AgentInvocationError error) {
    guard.run(() ->
        end(error.agenticScope(), run -> run.fail(error.agent(), error.inputs(), error.error())));
  }

  private void end(AgenticScope scope, Function<Run, Run.Ended> end) {
    for (Run run : runs.of(scope)) {
      Run.Ended ended = end.apply(run);
      if (ended == Run.Ended.RUN) {
        runs.remove(scope, run);
      }
      if (ended != Run.Ended.NOTHING) {
        return;
      }
    }
  }

  @Override
  public void beforeAgentToolExecution(BeforeAgentToolExecution before) {
    guard.run(() -> {
      Part user = user(before.agenticScope(), before.agentInstance());
      if (user != null) {
        user.callTool(before.toolExecution().request());
      }
    });
  }

  @Override
  public void afterAgentToolExecution(AfterAgentToolExecution after) {
    guard.run(() -> {
      Part user = user(after.agenticScope(), after.agentInstance());
      if (user != null) {
        ToolExecution tool = after.toolExecution();
        user.toolReturned(tool, tool.request(), tool.hasFailed(), tool.result());
      }
    });
  }

  private @Nullable Part user(AgenticScope scope, AgentInstance agent) {
    for (Run run : runs.of(scope)) {
      Part user = run.user(agent);
      if (user != null) {
        return user;
      }
    }
    return null;
  }

  @Override
  public void onAgenticSystemSuspended(AgenticScope scope) {
    guard.run(() -> runs.of(scope).forEach(Run::suspend));
  }

  @Override
  public void beforeAgenticScopeDestroyed(AgenticScope scope) {
    guard.run(() -> runs.remove(scope));
  }

  /** Returns of how many scopes there are runs that have not ended. */
  int openScopes() {
    return runs.scopes();
  }

  /** Returns how many runs of a scope have not ended. */
  int openRuns(AgenticScope scope) {
    return runs.of(scope).size();
  }
}
