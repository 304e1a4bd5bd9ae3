package dev.mneme.learn;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What a run keeps beside parameters and moments; a checkpoint holds all of it. */
interface RunState {
  /** Tensors by the name a checkpoint gives them, in place. */
  Map<String, Tensor> tensors();

  /** Everything else. */
  Map<String, String> notes();

  /**
   * Called after a checkpoint has filled the tensors, with its notes, or where there is none.
   *
   * @param notes all of the checkpoint's; empty at the beginning of a run
   */
  void resumed(Map<String, String> notes);
}
