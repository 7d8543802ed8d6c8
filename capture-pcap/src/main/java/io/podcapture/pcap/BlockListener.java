package io.podcapture.pcap;

import java.io.IOException;

/** Takes the blocks of a pcapng file that hold no packet, in file order, each before the packet that comes after it. */
interface BlockListener {
    BlockListener NONE = new BlockListener() {
        @Override
        public void block(PcapngBlock block) {}
    };

    /**
     * Takes one block: a section header, an interface description, names, statistics, secrets, or of any other type.
     *
     * @param block whole, with lengths that agree; more is checked only of section headers and interface descriptions.
     *     What is to be kept of it is to be copied
     * @throws IOException passed on to who moves the cursor
     */
    void block(PcapngBlock block) throws IOException;
}
