package io.agentcraft.examples.page;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.testing.ReferenceServer;
import java.util.Locale;

/** A crew in the middle of its work, with every status there is. */
final class Scene {

  static final int AGENTS = 6;
  static final int LINES = 12;

  static final String RESEARCH = "session_research";
  private static final String REPORT = "session_report";

  private final ReferenceServer server;

  Scene(ReferenceServer server) {
    this.server = server;
  }

  /** Lets it all happen; the page must be connected, and streams the log of the first session. */
  void play() {
    server.startSession(RESEARCH, "Which vector database fits us?", "Researcher", "Analyst");
    server.awaitFrame("start_log_streaming");
    server.phase(RESEARCH, "execution");
    server.startSession(REPORT, "A summary for the team", "Analyst", "Writer");
    server.startSession("session_setup", "Check the accounts", "Planner");
    server.completeSession("session_setup");
    agent("Planner", AgentStatus.COMPLETED, 100, "Three steps planned");
    agent("Researcher", AgentStatus.COLLABORATING, 82, "Explaining the sources");
    agent("Analyst", AgentStatus.PROCESSING, 46, "Comparing latency and cost");
    agent("Writer", AgentStatus.ANALYZING, 18, "Outlining the summary");
    agent("Fact Checker", AgentStatus.ERROR, 60, "Source 7 did not answer");
    agent("Reviewer", AgentStatus.IDLE, 0, "Waiting for work");
    server.collaboration("Planner", "Researcher", "the question is clear");
    server.collaboration("Researcher", "Fact Checker", "two sources disagree");
    server.collaboration("Researcher", "Analyst", "14 sources are ready");
    log("info", "Researcher", "Question understood: five candidates");
    log("info", "Researcher", "Search started");
    log("debug", "Researcher", "Sources 1 to 6 read");
    log("error", "Fact Checker", "Source 7: no answer within 10 s");
    log("warning", "Researcher", "Source 7: trying a mirror");
    log("info", "Researcher", "Sources 7 to 14 read");
    log("info", "Analyst", "Took over 14 sources");
    log("info", "Analyst", "Latency: 3 candidates below 20 ms");
    log("debug", "Analyst", "Cost model loaded");
    log("info", "Analyst", "Cost: 2 candidates within budget");
    log("info", "Analyst", "Scores calculated");
    log("info", "Analyst", "Scores checked against source 3");
  }

  private void agent(String name, AgentStatus status, double progress, String message) {
    server.agentStatus("agent_" + name.toLowerCase(Locale.ROOT), name, status, progress, message);
  }

  private void log(String level, String agent, String message) {
    server.appendLog(RESEARCH, level, agent, message);
  }
}
