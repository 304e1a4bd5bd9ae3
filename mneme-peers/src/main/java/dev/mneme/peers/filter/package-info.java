/**
 * Classical repairs of pictures, to compare with: every one is a value with an {@code apply} that
 * gives a new picture of the same size, clamped to [0, 1]. What OpenCV has is OpenCV's.
 */
package dev.mneme.peers.filter;
