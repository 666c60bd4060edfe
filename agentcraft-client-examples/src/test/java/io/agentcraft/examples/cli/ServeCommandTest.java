package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import picocli.CommandLine;

@Timeout(60)
class ServeCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void saysWhereItIsAndWhoReachesIt() {
    assertThat(run("serve", "--port", "0", "--crew", "--seconds", "1")).isZero();

    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("page {8}http://127\\.0\\.0\\.1:\\d+/"))
        .anyMatch(line -> line.matches(
            "clients {5}ws://127\\.0\\.0\\.1:\\d+/ws/agent-tracking, in the documented form"))
        .contains("reached by  this machine only; --bind ADDRESS lets others in")
        .contains("crew        at work, in rounds of 40 s")
        .last()
        .isEqualTo("The time is up.");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysSoWhenItIsOpenToOthers() {
    int exitCode =
        run("serve", "--port", "0", "--bind", "0.0.0.0", "--form", "Deployed", "--seconds", "1");

    assertThat(exitCode).isZero();
    assertThat(out.toString())
        .contains("http://localhost:", "/api/ws/agent-tracking, in the deployed form")
        .contains("everyone who reaches 0.0.0.0, without a password");
  }

  @Test
  void saysWhatToDoAboutAPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("serve", "--port", String.valueOf(taken.getLocalPort()))).isEqualTo(1);

      assertThat(err.toString())
          .contains("port " + taken.getLocalPort() + " of 127.0.0.1", "--port 0");
    }
  }

  @Test
  void wrongArgumentsAreExplained() {
    assertThat(run("serve", "--port", "70000")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("serve", "--form", "other")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("serve", "--bind", "no.such.host.invalid"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("serve", "--allow-origin", "localhost:3000"))
        .isEqualTo(CommandLine.ExitCode.USAGE);

    assertThat(err.toString())
        .contains("--port is 70000", "--form is other", "--bind is no.such.host.invalid")
        .contains("--allow-origin is wrong: \"localhost:3000\" is not an origin");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void saysWhatItRefusesAndClosesWith1001() throws Exception {
    try (Serving serve = new Serving()) {
      assertThat(serve.handshake("client-%1B1", "localhost")).isEqualTo(403);
      assertThat(serve.handshake("client_1_a", "evil.example")).isEqualTo(403);
      serve.open("client_1_a");
      assertThat(serve.interrupt()).isZero();
      assertThat(serve.closeCode()).isEqualTo(1001);
    }
    assertThat(out.toString().lines())
        .filteredOn(line -> line.startsWith("Refused"))
        .satisfiesExactly(
            id -> assertThat(id)
                .contains("\"client-\\u001B1\"", "^client_\\d+_[a-z0-9]+$", "--any-client-id"),
            host -> assertThat(host).contains("\"evil.example\"", "--allow-host"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void allowsWhatItIsToldTo() throws Exception {
    try (Serving serve = new Serving(
        "--any-client-id",
        "--allow-host",
        "demo.example",
        "--allow-host",
        "demo.local",
        "--allow-origin",
        "http://localhost:3000")) {
      assertThat(serve.handshake("client-1", "demo.local:80", "Origin: http://localhost:3000"))
          .isEqualTo(101);
      assertThat(serve.handshake("undefined", "demo.example", "Origin: http://localhost:3001"))
          .isEqualTo(403);
      assertThat(serve.interrupt()).isZero();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theDeployedFormAcceptsAnyClientId() throws Exception {
    try (Serving serve = new Serving("--form", "deployed")) {
      assertThat(serve.handshake("undefined", "localhost")).isEqualTo(101);
      assertThat(serve.interrupt()).isZero();
    }
  }

  /** The command on a thread of its own, until Ctrl-C. */
  private final class Serving implements AutoCloseable {

    private static final Pattern CLIENTS =
        Pattern.compile("clients +ws://127\\.0\\.0\\.1:(\\d+)(\\S+),");

    private final CompletableFuture<Integer> exitCode;
    private final List<Socket> sockets = new ArrayList<>();
    private final int port;
    private final String path;

    Serving(String... options) {
      String[] args = Stream.concat(Stream.of("serve", "--port", "0"), Stream.of(options))
          .toArray(String[]::new);
      exitCode = CompletableFuture.supplyAsync(() -> run(args));
      Matcher clients = CLIENTS.matcher(out.toString());
      while (!clients.find() && !exitCode.isDone()) {
        LockSupport.parkNanos(1_000_000);
        clients = CLIENTS.matcher(out.toString());
      }
      port = Integer.parseInt(clients.group(1));
      path = clients.group(2);
    }

    /** Returns the status of the answer to a handshake. */
    int handshake(String id, String host, String... headers) throws IOException {
      return send(id, host, headers);
    }

    /** Opens the connection whose close code is of interest. */
    void open(String id) throws IOException {
      assertThat(send(id, "localhost")).isEqualTo(101);
    }

    /** Returns the code of the close frame on the last connection. */
    int closeCode() throws IOException {
      byte[] rest = sockets.get(sockets.size() - 1).getInputStream().readAllBytes();
      String frames = new String(rest, StandardCharsets.ISO_8859_1);
      int close = frames.lastIndexOf(0x88);
      return frames.charAt(close + 2) << 8 | frames.charAt(close + 3);
    }

    /** Ends the command as Ctrl-C does, whose own signal a build in the background ignores, and returns its exit code. */
    int interrupt() throws Exception {
      String pid = String.valueOf(ProcessHandle.current().pid());
      assertThat(new ProcessBuilder("kill", "-TERM", pid).start().waitFor()).isZero();
      return exitCode.get(30, TimeUnit.SECONDS);
    }

    private int send(String id, String host, String... headers) throws IOException {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      socket.setSoTimeout(30_000);
      String request = "GET " + path + "/" + id + " HTTP/1.1\r\nHost: " + host
          + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          + Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining())
          + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String status = new String(
          socket.getInputStream().readNBytes("HTTP/1.1 101".length()), StandardCharsets.US_ASCII);
      return Integer.parseInt(status.substring("HTTP/1.1 ".length()));
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }
}
