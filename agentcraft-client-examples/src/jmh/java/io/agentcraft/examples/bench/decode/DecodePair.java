package io.agentcraft.examples.bench.decode;

import com.sun.management.ThreadMXBean;
import io.agentcraft.examples.bench.frames.Workload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The SDK and one other way of decoding, in turn for about a millisecond each, so that whatever else the machine does
 * hits both alike. Measured is the processor time of the thread, which leaves out what other processes take.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class DecodePair {

  private static final int CHARS_A_TURN = 400_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The other way. */
  @Param
  public Way other;

  /** Which frames. */
  @Param
  public Workload workload;

  private Way.Decoder sdkDecoder;
  private Way.Decoder otherDecoder;
  private List<String> frames;
  private int rounds;

  /** What each took. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Taken {
    /** Processor time of the SDK. */
    public long sdkNanos;

    /** Processor time of the other. */
    public long otherNanos;

    /** Bytes that the SDK allocated. */
    public long sdkBytes;

    /** Bytes that the other allocated. */
    public long otherBytes;

    /** How many frames each decoded. */
    public long frames;
  }

  /** Reads the frames. */
  @Setup
  public void prepare() {
    sdkDecoder = Way.SDK.decoder();
    otherDecoder = other.decoder();
    frames = workload.frames();
    int chars = frames.stream().mapToInt(String::length).sum();
    rounds = Math.max(1, CHARS_A_TURN / chars);
  }

  /** One turn of each. */
  @Benchmark
  public void turns(Taken taken, Blackhole hole) throws IOException {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    turn(sdkDecoder, hole);
    long midNanos = THREADS.getCurrentThreadCpuTime();
    long midBytes = THREADS.getCurrentThreadAllocatedBytes();
    turn(otherDecoder, hole);
    taken.otherNanos += THREADS.getCurrentThreadCpuTime() - midNanos;
    taken.otherBytes += THREADS.getCurrentThreadAllocatedBytes() - midBytes;
    taken.sdkNanos += midNanos - nanos;
    taken.sdkBytes += midBytes - bytes;
    taken.frames += (long) rounds * frames.size();
  }

  private void turn(Way.Decoder decoder, Blackhole hole) throws IOException {
    for (int i = 0; i < rounds; i++) {
      for (String frame : frames) {
        hole.consume(decoder.decode(frame));
      }
    }
  }
}
