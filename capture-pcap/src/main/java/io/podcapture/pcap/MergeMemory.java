package io.podcapture.pcap;

/**
 * What the inputs of a merge share, so that many need no more of it than few.
 *
 * @param descriptors of open files
 * @param buffers to read into
 * @param grown what is held beyond these
 */
record MergeMemory(Descriptors descriptors, ReadBuffers buffers, GrownMemory grown) {
    MergeMemory(int inputs) {
        this(new Descriptors(), new ReadBuffers(inputs), new GrownMemory());
    }
}
