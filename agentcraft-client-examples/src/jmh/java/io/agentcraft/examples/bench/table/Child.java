package io.agentcraft.examples.bench.table;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A JVM of its own for one contestant. It answers each line on its standard input with one line. */
public final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter questions;

  private Child(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /**
   * Starts a JVM with this one's class path.
   *
   * @param main the class to run
   * @param args its arguments
   * @return the running JVM
   * @throws IOException if it can't be started
   */
  public static Child start(Class<?> main, Object... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        // An application's choice, not the SDK's: without it SLF4J logs nothing, and loads nothing.
        "-Dslf4j.internal.verbosity=ERROR",
        "-cp",
        classPathWithout("logback"),
        main.getName()));
    for (Object arg : args) {
      command.add(arg.toString());
    }
    return new Child(new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  private static String classPathWithout(String jar) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(path -> !String.valueOf(Path.of(path).getFileName()).startsWith(jar))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Reads a line of the child.
   *
   * @return its next line
   * @throws IOException if it has ended
   */
  public String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("The child has ended.");
    }
    return line;
  }

  /**
   * Asks the child.
   *
   * @param question one line
   * @return the numbers of its answer
   * @throws IOException if it has ended
   */
  public long[] ask(String question) throws IOException {
    questions.println(question);
    return List.of(line().split(" ")).stream().mapToLong(Long::parseLong).toArray();
  }

  /** Ends it at once. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  /**
   * In the child: says that it is ready, then answers until the parent has gone.
   *
   * @param answerer gives the numbers for a question
   */
  public static void serve(Answerer answerer) {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    try {
      for (String question = in.readLine(); question != null; question = in.readLine()) {
        StringBuilder answer = new StringBuilder();
        for (long number : answerer.answer(question)) {
          answer.append(answer.isEmpty() ? "" : " ").append(number);
        }
        System.out.println(answer);
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
    System.exit(0);
  }

  /**
   * In the child: the processor time of this process so far.
   *
   * @return nanoseconds, all threads together
   */
  public static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Answers a question with numbers. */
  @FunctionalInterface
  public interface Answerer {
    /**
     * Answers.
     *
     * @param question one line
     * @return the numbers
     */
    long[] answer(String question);
  }
}
