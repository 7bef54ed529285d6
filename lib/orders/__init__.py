"""The only module through which pages spend money: plan and price an order, then place it."""
