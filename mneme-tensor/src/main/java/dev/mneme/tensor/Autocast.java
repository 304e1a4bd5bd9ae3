package dev.mneme.tensor;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Lets the operations of this thread run in a precision, for as long as it is open:
 *
 * <pre>{@code
 * try (Autocast autocast = Autocast.on(Precision.BF16)) {
 *   loss = model.forward(x); // products in bf16; norms and softmax stay in fp32
 * }
 * }</pre>
 *
 * <p>Only the forward pass belongs inside. Regions nest, an inner {@link Precision#FP32} switches
 * an outer {@link Precision#BF16} off, and closing restores what was before, also after an
 * exception. Copies of weights made for the region are kept until the outermost one closes, so a
 * weight must not change within.
 */
public final class Autocast implements AutoCloseable {
  private final Thread owner = Thread.currentThread();
  private final boolean wasEnabled;
  private final ScalarType wasType;
  private boolean closed;

  private Autocast(Precision precision) {
    Engine.start();
    wasEnabled = torch.is_autocast_enabled(DeviceType.CPU);
    wasType = torch.get_autocast_dtype(DeviceType.CPU);
    torch.set_autocast_enabled(DeviceType.CPU, precision == Precision.BF16);
    torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
    torch.increment_nesting();
  }

  /** Opens a region of {@code precision} in this thread. */
  public static Autocast on(Precision precision) {
    return new Autocast(precision);
  }

  /**
   * Ends the region; a second call does nothing.
   *
   * @throws IllegalStateException if another thread than the one that opened it closes it
   */
  @Override
  public void close() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "Autocast opened in thread "
              + owner.getName()
              + ", closed in "
              + Thread.currentThread().getName()
              + ": it holds for one thread, close it there");
    }
    if (closed) {
      return;
    }
    closed = true;
    if (torch.decrement_nesting() == 0) {
      torch.clear_cache();
    }
    torch.set_autocast_enabled(DeviceType.CPU, wasEnabled);
    torch.set_autocast_dtype(DeviceType.CPU, wasType);
  }

  /** Whether products of this thread run in {@link Precision#BF16} now. */
  static boolean isBf16() {
    return torch.is_autocast_enabled(DeviceType.CPU)
        && torch.get_autocast_dtype(DeviceType.CPU).intern() == ScalarType.BFloat16;
  }
}
