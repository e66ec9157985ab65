#pragma once
// A first-in-first-out list of plain rows that can hold millions: it grows by pages, so that nothing is ever
// copied to make room, and pages that have been read through are used again.
//
// Cost  push, pop and a look at any row: constant, taken over many calls.

#include <algorithm>
#include <cstddef>
#include <vector>

namespace chokepoint::core {

template <class Item>
class Fifo {
  public:
    [[nodiscard]] bool empty() const { return head_ == tail_; }
    [[nodiscard]] std::size_t size() const { return tail_ - head_; }
    [[nodiscard]] const Item& front() const { return at(head_); }
    [[nodiscard]] Item& back() { return at(tail_ - 1); }
    // The i-th oldest.
    [[nodiscard]] Item& operator[](std::size_t i) { return at(head_ + i); }
    [[nodiscard]] const Item& operator[](std::size_t i) const { return at(head_ + i); }

    void push(const Item& item)
    {
        if (tail_ == pages_.size() * kPage) make_room();
        at(tail_++) = item;
    }
    void pop()
    {
        if (++head_ == tail_) head_ = tail_ = 0;
    }
    // Drops the items that are not to be kept; the others stay in their order.
    template <class Keep>
    void keep_if(Keep keep)
    {
        std::size_t end = head_;
        for (std::size_t i = head_; i < tail_; ++i) {
            if (keep(at(i))) at(end++) = at(i);
        }
        tail_ = end;
    }

  private:
    static constexpr std::size_t kPage = 64;  // items

    [[nodiscard]] Item& at(std::size_t i) { return pages_[i / kPage][i % kPage]; }
    [[nodiscard]] const Item& at(std::size_t i) const { return pages_[i / kPage][i % kPage]; }

    // Pages read through go behind the others once they are a quarter of all: moving them is then paid for.
    void make_room()
    {
        const std::size_t read = head_ / kPage;
        if (read == 0 || read < pages_.size() / 4) {
            pages_.emplace_back(kPage);
            return;
        }
        std::rotate(pages_.begin(), pages_.begin() + static_cast<std::ptrdiff_t>(read), pages_.end());
        head_ -= read * kPage;
        tail_ -= read * kPage;
    }

    std::vector<std::vector<Item>> pages_;
    std::size_t head_ = 0, tail_ = 0;
};

}  // namespace chokepoint::core
