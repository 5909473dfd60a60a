package org.liveupdate.providers.kvm.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liveupdate.providers.kvm.internal.CountingPool.MIB_2;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.memory.ByteFileException;

/** Whoever counts huge pages has the right number, also when another pool takes over. */
class HugePageAccountTest {

    private final HugePageAccount account = new HugePageAccount();
    private final CountingPool first = new CountingPool(8);
    private final CountingPool second = new CountingPool(8);

    @Test
    void withoutAPoolNothingCanBeTakenAndWhatIsThereIsCountedLater() throws Exception {
        assertEquals(List.of(), account.pageSizes());
        assertEquals(Errno.ENODEV, assertThrows(ByteFileException.class, () -> account.take(MIB_2, 1)).errno());
        account.adopt(MIB_2, 3);
        account.giveBack(MIB_2, 1);
        account.bind(first);
        assertEquals(2, first.taken(MIB_2));
        assertEquals(first.pageSizes(), account.pageSizes());
    }

    @Test
    void aPoolThatReplacesAnotherCountsWhatThatOneGetsBack() throws Exception {
        account.bind(first);
        account.take(MIB_2, 3);
        account.bind(second);
        account.take(MIB_2, 2);
        assertEquals(5, second.taken(MIB_2));
        account.unbind(first);
        assertEquals(0, first.taken(MIB_2));
        account.giveBack(MIB_2, 4);
        account.unbind(second);
        assertEquals(0, second.taken(MIB_2));
        account.bind(first);
        assertEquals(1, first.taken(MIB_2));
        assertEquals(1, account.taken(MIB_2));
    }

    @Test
    void aPoolThatIsReplacedWhileItIsAskedGetsItsPagesBack() throws Exception {
        CountingPool slow = new CountingPool(8) {
            @Override
            public synchronized void take(long pageSize, long pages) throws ByteFileException {
                super.take(pageSize, pages);
                account.bind(second);
                account.unbind(this);
            }
        };
        account.bind(slow);
        account.take(MIB_2, 3);
        assertEquals(0, slow.taken(MIB_2));
        assertEquals(3, second.taken(MIB_2));
    }

    @Test
    void whatThePoolRefusesIsNotCounted() {
        account.bind(first);
        assertEquals(Errno.ENOMEM, assertThrows(ByteFileException.class, () -> account.take(MIB_2, 9)).errno());
        assertEquals(0, account.taken(MIB_2));
        assertEquals(0, first.taken(MIB_2));
    }
}
