package io.agentcraft.examples.demo;

import static io.agentcraft.client.message.AgentStatus.ANALYZING;
import static io.agentcraft.client.message.AgentStatus.COLLABORATING;
import static io.agentcraft.client.message.AgentStatus.COMPLETED;
import static io.agentcraft.client.message.AgentStatus.ERROR;
import static io.agentcraft.client.message.AgentStatus.IDLE;
import static io.agentcraft.client.message.AgentStatus.PROCESSING;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.examples.demo.CrewStep.AwaitClient;
import io.agentcraft.examples.demo.CrewStep.Begin;
import io.agentcraft.examples.demo.CrewStep.Collaborate;
import io.agentcraft.examples.demo.CrewStep.Complete;
import io.agentcraft.examples.demo.CrewStep.Cut;
import io.agentcraft.examples.demo.CrewStep.Log;
import io.agentcraft.examples.demo.CrewStep.Phase;
import io.agentcraft.examples.demo.CrewStep.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the demo's crew of three does in its two sessions, as data. */
public final class CrewScript {

  /** The session whose log is streamed when the connection is cut. */
  public static final String RESEARCH = "session_research";

  /** The session that continues after it. */
  public static final String REPORT = "session_report";

  private static final String RESEARCHER = "Researcher";
  private static final String ANALYST = "Analyst";
  private static final String WRITER = "Writer";

  /** The time between the reports of one stretch of work. */
  private static final double STRIDE = 0.02;

  private CrewScript() {}

  /**
   * Returns the whole script.
   *
   * @return the steps in the order of their time; unmodifiable
   */
  public static List<CrewStep.Timed> steps() {
    return Stream.of(sessions(), talk(), reports(), logs())
        .flatMap(List::stream)
        .sorted(Comparator.comparingDouble(CrewStep.Timed::at))
        .toList();
  }

  private static List<CrewStep.Timed> sessions() {
    return List.of(
        at(0, new Begin(RESEARCH, "Which vector database fits us?", List.of(RESEARCHER, ANALYST))),
        at(0.03, new Phase(RESEARCH, "task_analysis")),
        at(0.13, new Phase(RESEARCH, "execution")),
        at(0.22, new Begin(REPORT, "A summary for the team", List.of(ANALYST, WRITER))),
        at(0.30, new Phase(REPORT, "task_analysis")),
        at(0.50, new Cut()),
        at(0.64, new Phase(REPORT, "execution")),
        at(0.72, new AwaitClient()),
        at(0.75, new Phase(RESEARCH, "synthesis")),
        at(0.84, new Complete(RESEARCH)),
        at(0.86, new Phase(REPORT, "synthesis")),
        at(0.97, new Complete(REPORT)));
  }

  private static List<CrewStep.Timed> talk() {
    return List.of(
        at(0.40, new Collaborate(RESEARCHER, ANALYST, "handoff", "14 sources are ready")),
        at(0.62, new Collaborate(ANALYST, WRITER, "consultation", "what the numbers mean")),
        at(0.76, new Collaborate(ANALYST, WRITER, "handoff", "the comparison is done")));
  }

  private static List<CrewStep.Timed> reports() {
    List<CrewStep.Timed> all = new ArrayList<>();
    for (String agent : List.of(RESEARCHER, ANALYST, WRITER)) {
      all.add(at(0.01, new Report(agent, IDLE, 0, "Waiting for work")));
    }
    all.addAll(work(RESEARCHER, 0.04, 0.12, ANALYZING, 0, 12, "Reading the question"));
    all.addAll(work(RESEARCHER, 0.12, 0.30, PROCESSING, 12, 60, "Collecting sources"));
    all.add(at(0.31, new Report(RESEARCHER, ERROR, 60, "Source 7 did not answer")));
    all.addAll(work(RESEARCHER, 0.36, 0.40, PROCESSING, 60, 80, "Trying a mirror of source 7"));
    all.addAll(work(RESEARCHER, 0.40, 0.50, COLLABORATING, 80, 95, "Explaining the sources"));
    // Sent while nobody is connected: only the state that is requested afterwards shows it.
    all.add(at(0.52, new Report(RESEARCHER, COMPLETED, 100, "14 sources collected")));
    all.addAll(work(ANALYST, 0.41, 0.46, ANALYZING, 0, 15, "Sorting 14 sources"));
    all.addAll(work(ANALYST, 0.46, 0.62, PROCESSING, 15, 70, "Comparing latency and cost"));
    all.addAll(work(ANALYST, 0.62, 0.74, COLLABORATING, 70, 85, "Going through the numbers"));
    all.addAll(work(ANALYST, 0.74, 0.80, PROCESSING, 85, 99, "Checking the result"));
    all.add(at(0.81, new Report(ANALYST, COMPLETED, 100, "Comparison of 5 databases done")));
    all.addAll(work(WRITER, 0.24, 0.62, ANALYZING, 0, 25, "Outlining the summary"));
    all.addAll(work(WRITER, 0.62, 0.74, COLLABORATING, 25, 45, "Asking about the numbers"));
    all.addAll(work(WRITER, 0.74, 0.94, PROCESSING, 45, 99, "Writing the summary"));
    all.add(at(0.95, new Report(WRITER, COMPLETED, 100, "Summary of 2 pages written")));
    return all;
  }

  private static List<CrewStep.Timed> logs() {
    return List.of(
        at(0.05, log(RESEARCH, "info", RESEARCHER, "Question understood: five candidates")),
        at(0.14, log(RESEARCH, "info", RESEARCHER, "Search started")),
        at(0.20, log(RESEARCH, "debug", RESEARCHER, "Sources 1 to 6 read")),
        at(0.25, log(REPORT, "info", WRITER, "Outline started")),
        at(0.31, log(RESEARCH, "error", RESEARCHER, "Source 7: no answer within 10 s")),
        at(0.36, log(RESEARCH, "warning", RESEARCHER, "Source 7: trying a mirror")),
        at(0.39, log(RESEARCH, "info", RESEARCHER, "Sources 7 to 14 read")),
        at(0.42, log(RESEARCH, "info", ANALYST, "Took over 14 sources")),
        at(0.47, log(RESEARCH, "info", ANALYST, "Latency: 3 candidates below 20 ms")),
        at(0.515, log(RESEARCH, "info", RESEARCHER, "Search finished")),
        at(0.53, log(RESEARCH, "debug", ANALYST, "Cost model loaded")),
        at(0.63, log(RESEARCH, "info", ANALYST, "Cost: 2 candidates within budget")),
        at(0.70, log(REPORT, "info", WRITER, "Numbers understood")),
        at(0.73, log(RESEARCH, "info", ANALYST, "Scores calculated")),
        at(0.77, log(RESEARCH, "info", ANALYST, "Scores checked against source 3")),
        at(0.82, log(RESEARCH, "info", ANALYST, "Result handed over")),
        at(0.87, log(REPORT, "info", WRITER, "Page 1 written")),
        at(0.91, log(REPORT, "warning", WRITER, "Page 2 is too long, shortening it")),
        at(0.95, log(REPORT, "info", WRITER, "Summary finished")));
  }

  private static List<CrewStep.Timed> work(
      String agent,
      double from,
      double to,
      AgentStatus status,
      double first,
      double last,
      String message) {
    int strides = (int) Math.round((to - from) / STRIDE);
    List<CrewStep.Timed> reports = new ArrayList<>();
    for (int i = 0; i < strides; i++) {
      double part = (double) i / strides;
      double progress = Math.rint(first + (last - first) * part);
      reports.add(at(from + (to - from) * part, new Report(agent, status, progress, message)));
    }
    return reports;
  }

  private static CrewStep.Timed at(double at, CrewStep step) {
    return new CrewStep.Timed(at, step);
  }

  private static Log log(String session, String level, String agent, String message) {
    return new Log(session, level, agent, message);
  }
}
