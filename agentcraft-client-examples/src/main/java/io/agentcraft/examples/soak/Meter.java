package io.agentcraft.examples.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Measures what this process uses: at the start, half-way and at the end of a run, with all clients connected and idle. */
public final class Meter {

  private static final int MAX_COLLECTIONS = 6;

  private final Sockets sockets = Sockets.here();
  private final long begin = System.nanoTime();
  private @Nullable Usage start;
  private @Nullable Usage middle;
  private @Nullable Usage end;

  Meter() {}

  /**
   * What the process used at one moment.
   *
   * @param heapBytes the heap in use after a full garbage collection
   * @param threads live threads, including daemons
   * @param sockets open sockets, as far as the platform shows them: see {@link Sockets}
   */
  public record Usage(long heapBytes, int threads, long sockets) {}

  /** Measures the start, and the middle when called again. */
  void takeNext() {
    Usage usage = measure();
    if (start == null) {
      start = usage;
    } else {
      middle = usage;
    }
  }

  /** Measures the end, unless the run was stopped before its start. */
  void takeEnd() {
    if (start != null) {
      end = measure();
    }
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Nullable
  Usage start() {
    return start;
  }

  @Nullable
  Usage middle() {
    return middle;
  }

  @Nullable
  Usage end() {
    return end;
  }

  Sockets sockets() {
    return sockets;
  }

  private Usage measure() {
    long heap = heapAfterCollection();
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    return new Usage(heap, threads, sockets.count());
  }

  /** Collects until nothing more is freed: some objects are found only after the collection of others. */
  private static long heapAfterCollection() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < MAX_COLLECTIONS; i++) {
      memory.gc();
      long now = memory.getHeapMemoryUsage().getUsed();
      if (now >= used) {
        break;
      }
      used = now;
    }
    return used;
  }

  /** Counts the open sockets of this process, or the nearest thing that the platform offers. */
  public enum Sockets {
    /** Linux: the sockets in {@code /proc/self/fd}. */
    PROC("sockets in /proc/self/fd") {
      @Override
      long count() {
        long sockets = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(FD)) {
          for (Path descriptor : descriptors) {
            sockets += isSocket(descriptor) ? 1 : 0;
          }
        } catch (IOException unreadable) {
          return UNKNOWN;
        }
        return sockets;
      }
    },
    /** Other Unixes: all file descriptors, including open files. */
    DESCRIPTORS("open file descriptors, files included") {
      @Override
      long count() {
        return ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : UNKNOWN;
      }
    },
    /** Windows: nothing is counted. */
    NONE("not known on this platform") {
      @Override
      long count() {
        return UNKNOWN;
      }
    };

    /** A count that could not be taken. */
    static final long UNKNOWN = -1;

    private static final Path FD = Path.of("/proc/self/fd");

    private final String description;

    Sockets(String description) {
      this.description = description;
    }

    /** Returns the best count of this platform. */
    static Sockets here() {
      if (Files.isDirectory(FD)) {
        return PROC;
      }
      return DESCRIPTORS.count() == UNKNOWN ? NONE : DESCRIPTORS;
    }

    abstract long count();

    /**
     * Returns what is counted.
     *
     * @return some words for the report
     */
    public String description() {
      return description;
    }

    private static boolean isSocket(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
      } catch (IOException closedMeanwhile) {
        return false;
      }
    }
  }
}
